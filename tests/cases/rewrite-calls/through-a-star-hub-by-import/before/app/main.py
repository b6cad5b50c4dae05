from app.hub import OldEngine

print(OldEngine("r", bridge="b").show())
