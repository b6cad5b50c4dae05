class OldEngine:
    def __init__(self, name="default", bridge=None, registry=None):
        self.name = name

    def run(self):
        return f"ran {self.name}"
