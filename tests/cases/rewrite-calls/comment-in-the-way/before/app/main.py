from app.legacy import OldEngine

print(OldEngine(
    bridge="b",  # the bridge comes first
    registry="r",
).show())
