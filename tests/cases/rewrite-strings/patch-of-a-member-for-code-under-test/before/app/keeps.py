from app.old.legacy import OldEngine


class Sub(OldEngine):
    pass


def start():
    return Sub("sub").run()
