try:
    from app.old.legacy import *
except ImportError:
    from app.other import OldEngine
made = OldEngine("n")
