from app.legacy import OldEngine

__all__ = ["OldEngine"]
