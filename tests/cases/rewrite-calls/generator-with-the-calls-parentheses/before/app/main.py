from app.legacy import OldEngine

print(OldEngine(n for n in range(3)).show(), OldEngine((n for n in "ab")).show(), OldEngine((n for n in "ab"), "b").show())
