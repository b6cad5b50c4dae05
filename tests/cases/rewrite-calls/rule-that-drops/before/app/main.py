from app.legacy import OldEngine

b = 1
print(OldEngine("r", b).show(), OldEngine("r", None, user="u").show())
