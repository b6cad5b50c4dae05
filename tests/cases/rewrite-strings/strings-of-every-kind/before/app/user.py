from app.hub import OldEngine, Trouble


def use():
    try:
        return OldEngine("used").run()
    except Trouble:
        return OldEngine.limit
