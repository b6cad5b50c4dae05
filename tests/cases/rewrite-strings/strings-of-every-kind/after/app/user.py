from app.engine import UserEngine as OldEngine, EngineError


def use():
    try:
        return OldEngine("used").run()
    except EngineError:
        return OldEngine.limit
