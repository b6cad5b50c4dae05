from app.old.legacy import OldEngine

print(OldEngine("a").run())
print("UserEngine" in globals() or "OldEngine" in globals())
