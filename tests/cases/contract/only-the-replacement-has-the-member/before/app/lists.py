from app.old.legacy import OldEngine

engine = OldEngine()
answer = [name for name in dir(engine) if not name.startswith("_")]
