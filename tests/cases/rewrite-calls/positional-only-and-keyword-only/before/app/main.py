from app.legacy import OldEngine

print(OldEngine("r", bridge="b").show())
