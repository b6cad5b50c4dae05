from app.old.derived import OldDerived


class Sub(OldDerived):
    pass
