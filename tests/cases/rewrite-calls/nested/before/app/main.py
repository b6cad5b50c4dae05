from app.legacy import OldEngine

print(OldEngine(OldEngine("in", "side").show(), OldEngine(registry="kw").show(), user=OldEngine("u").show()).show())
