try:
    from app.old.legacy import *
except ImportError:
    OldEngine = None
made = OldEngine("n")
