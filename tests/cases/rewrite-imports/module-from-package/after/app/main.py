from app import engine

print(engine.UserEngine("a").run())


def run(engine: engine.UserEngine) -> "engine.UserEngine":
    return engine
