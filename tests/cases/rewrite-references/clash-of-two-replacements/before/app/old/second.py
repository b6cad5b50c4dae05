class SecondEngine:
    def __init__(self, name="default"):
        self.name = name
