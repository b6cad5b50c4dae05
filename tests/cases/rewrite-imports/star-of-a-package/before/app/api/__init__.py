from app.old.legacy import OldEngine, OldError

__all__ = ["OldEngine", "OldError"]
