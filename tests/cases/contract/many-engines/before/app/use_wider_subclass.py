from app.old.wider import OldWider


class Sub(OldWider):
    pass
