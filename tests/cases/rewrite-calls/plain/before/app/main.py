from app.legacy import OldEngine

print(OldEngine("r").show(), OldEngine("r", "b").show(), OldEngine("r", "b", user="u").show())
