from app.hub import OldEngine

print(OldEngine("t", bridge="b").show())
