from app.old.legacy import *

__all__ = ["OldEngine", "OldError"]
__all__ += ["Context"]
__all__.append("create_engine")
