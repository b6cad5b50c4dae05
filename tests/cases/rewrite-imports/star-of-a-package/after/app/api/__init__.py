from app.engine import UserEngine as OldEngine, EngineError as OldError

__all__ = ["OldEngine", "OldError"]
