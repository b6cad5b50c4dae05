from app.engine import UserEngine, EngineError as Trouble
from app.old.pool import OldPool

__all__ = ["UserEngine", "Trouble", "OldPool", "Missing"]
