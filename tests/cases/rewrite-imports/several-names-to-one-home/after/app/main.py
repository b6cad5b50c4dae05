from app.engine import UserEngine, EngineError

try:
    raise EngineError("x")
except EngineError as error:
    print(error, UserEngine().run())
