class OldEngine:
    def __init__(self):
        self.limit = 3
        self.retries = 1
