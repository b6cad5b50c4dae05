class UserEngine:
    limit = 3

    def __init__(self, label="default"):
        self.label = label

    def run(self):
        return f"ran {self.label}"
