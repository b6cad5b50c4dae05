from app.old.legacy import OldEngine

print(OldEngine("a").run())
