from app.engine import UserEngine as OldEngine

__all__ = ["OldEngine"]
