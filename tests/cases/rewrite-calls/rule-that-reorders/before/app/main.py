from app.legacy import OldEngine

print(OldEngine("r", "b").show(), OldEngine("r").show(), OldEngine(user="u", registry="r").show())
