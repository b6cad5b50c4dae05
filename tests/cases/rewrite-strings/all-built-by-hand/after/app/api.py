from app.engine import UserEngine as OldEngine

__all__ = sorted(["OldEngine"]) + []
__all__.append("__doc__")
__all__.extend(["__name__"])
