from app.engine import UserEngine


def run(flag):
    if flag:
        from app.engine import UserEngine as OldEngine
    else:
        OldEngine = str
    return OldEngine("a")


print(run(True).run(), run(False), UserEngine("m").run())
