from app.context import Context

_state = "private"


class OldError(Exception):
    pass


class OldEngine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name

    def run(self):
        return f"ran {self.name}"


def kept():
    return 1


def create_engine(name):
    return OldEngine(name)
