from app.old.legacy import OldEngine

print(OldEngine("a").limit)
