from app.engine import UserEngine as OldEngine

print(OldEngine("a").run())
del OldEngine
print("OldEngine" in dir())
