from app.old.legacy import OldEngine

print(OldEngine("a").run())
print([OldEngine := n for n in [1, 2]], OldEngine)
