from .legacy import OldEngine

__all__ = ["OldEngine"]
