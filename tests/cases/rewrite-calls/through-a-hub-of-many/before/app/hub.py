from .legacy import OldEngine
