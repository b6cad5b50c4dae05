from app.engine import UserEngine, EngineError as Trouble
from app.pool import Pool

__all__ = ["UserEngine", "Trouble", "Pool", "Missing"]
