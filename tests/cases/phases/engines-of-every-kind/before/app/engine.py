class UserEngine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name

    @classmethod
    def make(cls, registry, name, user):
        return cls(name)

    def run(self):
        return f"ran {self.name}"

    def stop(self): ...
