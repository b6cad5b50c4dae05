from app.engine import UserEngine


class Own:
    def __init__(self):
        self.limit = 6


engine = UserEngine()
engine.retries = engine.limit + Own().limit
