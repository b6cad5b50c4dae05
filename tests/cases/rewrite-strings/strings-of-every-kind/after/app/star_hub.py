from app.context import Context
from app.engine import UserEngine as OldEngine, EngineError as OldError
from app.factory import make_engine as create_engine

__all__ = ["OldEngine", "OldError"]
__all__ += ["Context"]
__all__.append("create_engine")
