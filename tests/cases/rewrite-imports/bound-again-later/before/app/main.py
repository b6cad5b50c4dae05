from app.old.legacy import OldEngine

print(OldEngine("a").run())
OldEngine = None
print(OldEngine)
