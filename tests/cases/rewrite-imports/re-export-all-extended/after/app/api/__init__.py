from app.engine import UserEngine
from app.factory import make_engine

__all__ = ["UserEngine"]
__all__ += ["make_engine"]
