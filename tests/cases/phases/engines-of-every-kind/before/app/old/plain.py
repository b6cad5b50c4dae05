class Plain:
    limit = 3

    def __init__(self, name="default"):
        self.name = name

    def run(self):
        return f"ran {self.name}"
