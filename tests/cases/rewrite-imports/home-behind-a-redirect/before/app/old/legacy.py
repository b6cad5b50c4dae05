from app.redirect import Context, Facade


class OldError(Exception):
    pass


class OldEngine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name
        self.used = Context()

    def run(self):
        return f"ran {self.name}"


def create_engine(name):
    return OldEngine(name)
