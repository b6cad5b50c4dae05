from app.old.legacy import *

__all__ = ["OldEngine", "create_engine", "Context"]
