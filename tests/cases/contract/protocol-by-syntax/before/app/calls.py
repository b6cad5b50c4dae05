from app.old.legacy import OldEngine

engine = OldEngine()
answer = engine(1)
