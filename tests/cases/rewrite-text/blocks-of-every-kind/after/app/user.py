from app.engine import UserEngine, EngineError
from app.factory import make_engine

print(UserEngine, EngineError, make_engine)
