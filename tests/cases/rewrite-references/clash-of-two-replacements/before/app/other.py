class UserEngine:
    def __init__(self, name="default"):
        self.name = name
