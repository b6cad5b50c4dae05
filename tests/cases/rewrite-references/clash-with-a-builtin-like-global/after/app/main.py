from app.engine import UserEngine as OldEngine

print(OldEngine("a").run())
print("UserEngine" in globals() or "OldEngine" in globals())
