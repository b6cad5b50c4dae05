class OldEngine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name

    def extra(self):
        return "extra"
