class OldEngine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name

    def run(self):
        return f"ran {self.name}"

    def extra(self):
        return "extra"


def helper():
    return 1


def _private():
    return 2
