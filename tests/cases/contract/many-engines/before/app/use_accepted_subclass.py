from app.old.accepted import OldAccepted


class Sub(OldAccepted):
    pass
