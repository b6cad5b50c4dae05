from app.legacy import OldEngine

print(OldEngine(
    # the registry
    registry="r",
    # the bridge
    bridge="b",
).show())
