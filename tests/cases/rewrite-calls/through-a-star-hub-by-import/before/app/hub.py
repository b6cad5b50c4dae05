from app.legacy import *

__all__ = ["OldEngine"]
