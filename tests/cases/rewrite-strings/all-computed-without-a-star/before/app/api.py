from app.old.legacy import OldEngine

__all__ = sorted({"OldEngine", "__doc__"})
