from app.old.legacy import OldEngine

__all__ = sorted(["OldEngine"]) + []
__all__.append("__doc__")
__all__.extend(["__name__"])
