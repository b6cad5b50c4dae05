def start():
    from app.old.legacy import OldEngine

    return OldEngine("s").run()
