from app.context import Context

__all__ = ["OldEngine", "Context", "create_engine", "OldError"]


class OldError(Exception):
    pass


class OldEngine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name

    def run(self):
        return f"ran {self.name}"


def create_engine(name):
    return OldEngine(name)
