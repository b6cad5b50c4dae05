class UserEngine:
    def __init__(self, name):
        self.name = name
        self.limit = 3
