class OldEngine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name

    def run(self):
        return f"ran {self.name}"


def create_engine(name, level=1):
    return OldEngine(f"{name}{level}")
