from app.old.legacy import OldEngine


def probe():
    from app.old.legacy import OldEngine as UserEngine

    class Clash:
        try:
            early = UserEngine
        except NameError:
            early = "not the function's"
        UserEngine = 4
        late = UserEngine

    return UserEngine.__name__ != "", Clash.early, Clash.late


print(OldEngine("a").name, probe())
