from app.context import Context
from app.engine import UserEngine as OldEngine
from app.factory import make_engine as create_engine

__all__ = ["OldEngine", "create_engine", "Context"]
