from app.old.legacy import OldEngine


class Own:
    def __init__(self):
        self.limit = 6


engine = OldEngine()
engine.retries = engine.limit + Own().limit
