from app.old.legacy import OldEngine

engine = OldEngine()
setattr(engine, "limit", 5)
