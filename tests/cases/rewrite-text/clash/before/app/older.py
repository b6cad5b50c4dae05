"""The engine that is left."""


class EngineError(Exception):
    pass


class Engine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name

    def run(self):
        return f"ran {self.name}"
