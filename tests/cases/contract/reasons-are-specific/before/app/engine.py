class UserEngine:
    def __init__(self, bridge, name="user"):
        self.name = name

    def run(self):
        return f"ran {self.name}"
