from app.old.legacy import OldEngine, OldError, create_engine

print(OldEngine, OldError, create_engine)
