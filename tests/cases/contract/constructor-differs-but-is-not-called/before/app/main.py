from app.old.legacy import OldEngine

print(OldEngine.limit, isinstance(1, OldEngine))
