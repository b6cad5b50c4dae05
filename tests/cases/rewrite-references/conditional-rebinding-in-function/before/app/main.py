from app.old.legacy import OldEngine


def run(flag):
    if flag:
        from app.old.legacy import OldEngine
    else:
        OldEngine = str
    return OldEngine("a")


print(run(True).run(), run(False), OldEngine("m").run())
