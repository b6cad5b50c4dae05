try:
    from app.old.legacy import Vanished
except ImportError:
    Vanished = None
