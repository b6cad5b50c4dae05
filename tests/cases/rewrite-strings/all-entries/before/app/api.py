from app.old.legacy import OldEngine, create_engine, OldError

__all__ = ("OldEngine", 'create_engine')
__all__ += ("OldError",)
