from app.legacy import OldEngine

print(OldEngine("here").show())
