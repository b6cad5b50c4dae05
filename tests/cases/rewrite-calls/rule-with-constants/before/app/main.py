from app.legacy import OldEngine

print(OldEngine("r").show(), OldEngine("r", "b").show(), OldEngine(
    registry="r",
    user="u",
).show())
