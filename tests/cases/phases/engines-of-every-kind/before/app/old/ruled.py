class Ruled:
    def __init__(self, registry, name=1, *, user=None):
        self.name = name

    def run(self):
        return f"ran {self.name}"
