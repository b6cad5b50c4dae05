from app.engine import UserEngine, EngineError
from app.factory import make_engine

__all__ = ("UserEngine", 'make_engine')
__all__ += ("EngineError",)
