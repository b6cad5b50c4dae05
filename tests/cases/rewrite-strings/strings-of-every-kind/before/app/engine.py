from app.context import Context


class EngineError(Exception):
    pass


class UserEngine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name
        self.context = Context()

    def run(self):
        return f"ran {self.name}"
