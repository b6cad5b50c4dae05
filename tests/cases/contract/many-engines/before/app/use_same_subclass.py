from app.old.same import OldSame


class Sub(OldSame):
    pass
