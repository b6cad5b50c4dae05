from app.engine import UserEngine as OldEngine

print(OldEngine("a").run())
OldEngine = None
print(OldEngine)
