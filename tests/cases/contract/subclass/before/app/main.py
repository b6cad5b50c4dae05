from app.old.legacy import OldEngine


class Mine(OldEngine):
    pass


print(Mine('a').run())
