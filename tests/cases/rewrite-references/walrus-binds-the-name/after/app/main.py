from app.engine import UserEngine as OldEngine

print(OldEngine("a").run())
print([OldEngine := n for n in [1, 2]], OldEngine)
