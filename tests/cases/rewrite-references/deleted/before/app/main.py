from app.old.legacy import OldEngine

print(OldEngine("a").run())
del OldEngine
print("OldEngine" in dir())
