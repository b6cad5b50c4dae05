from app.engine import UserEngine as OldEngine


class UserEngine:
    name = "another"
