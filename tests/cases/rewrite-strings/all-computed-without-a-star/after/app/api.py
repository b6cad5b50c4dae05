from app.engine import UserEngine as OldEngine

__all__ = sorted({"OldEngine", "__doc__"})
