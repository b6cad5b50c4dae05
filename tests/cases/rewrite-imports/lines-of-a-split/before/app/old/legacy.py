from app.context import Context


class OldError(Exception):
    pass


class OldEngine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name
        self.context = Context()

    def run(self):
        return f"ran {self.name}"


def create_engine(name):
    return OldEngine(name)


def helper():
    return 1


def other():
    return 2


def more():
    return 3
