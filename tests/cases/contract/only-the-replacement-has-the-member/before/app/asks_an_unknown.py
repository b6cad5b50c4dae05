from app.old.legacy import OldEngine

engines = [OldEngine()]
answer = [getattr(engine, "create", None) for engine in engines]
