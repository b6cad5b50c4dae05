from app.old.legacy import OldEngine

engine = OldEngine()
engine.limit = 4
