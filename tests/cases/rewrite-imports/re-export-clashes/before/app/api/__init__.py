from app.old.legacy import OldEngine


class UserEngine:
    name = "another"
