from app.legacy import OldEngine

print(OldEngine(registry="r").show())
