from app.old.legacy import OldEngine, OldError as Trouble
from app.old.pool import OldPool

__all__ = ["OldEngine", "Trouble", "OldPool", "Missing"]
