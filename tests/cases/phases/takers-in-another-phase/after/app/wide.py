from app.engine import UserEngine as OldEngine
from app.factory import make_engine as create_engine


def inner():
    from app.engine import EngineError

    return EngineError
