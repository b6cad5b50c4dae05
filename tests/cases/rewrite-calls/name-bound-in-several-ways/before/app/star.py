try:
    from app.starred import *
except ImportError:
    OldEngine = None
made = OldEngine("r")
