from app.hub import OldEngine

print(OldEngine("one").show())
