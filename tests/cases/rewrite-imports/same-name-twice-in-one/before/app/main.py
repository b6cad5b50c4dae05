from app.old.legacy import OldEngine, OldEngine as Engine, OldEngine

print(OldEngine("a").run(), Engine("b").run())
