import json

from app.context import Context
from app.context import Context as Surroundings


class OldError(Exception):
    pass


class OldEngine:
    limit = 3
    secret = 4

    def __init__(self, name="default"):
        self.name = name
        self.context = Context()

    def run(self):
        return f"ran {self.name}"

    def stop(self):
        return json.dumps(Surroundings.user)


def create_engine(name):
    return OldEngine(name)


def internal():
    return 1
