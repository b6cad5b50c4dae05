class OldEngine:
    limit = 3

    def __init__(self, name):
        self.name = name

    def run(self):
        return f"ran {self.name}"
