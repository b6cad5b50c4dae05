from app.old.legacy import OldEngine
from app.old.legacy import create_engine

__all__ = ["OldEngine"]
__all__ += ["create_engine"]
