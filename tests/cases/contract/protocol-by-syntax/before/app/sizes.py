from app.old.legacy import OldEngine

engine = OldEngine()
answer = len(engine)
