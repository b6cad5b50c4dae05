from app.legacy import OldEngine

print(OldEngine(
    "r"  # the only one
).show())
