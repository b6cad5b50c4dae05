from app.engine import UserEngine

__all__ = ["UserEngine"]
