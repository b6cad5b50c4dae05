def run():
    from app import engine
    from app import engine as other
    return engine.UserEngine("a").run() + other.EngineError.__mro__[1].__name__


print(run())
