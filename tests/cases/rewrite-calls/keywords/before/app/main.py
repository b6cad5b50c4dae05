from app.legacy import OldEngine

print(OldEngine(registry="r").show(), OldEngine("r", bridge="b").show(), OldEngine(registry="r", bridge="b", user="u").show())
print(OldEngine("r", user="u").show())
