from app.legacy import OldEngine

given = ["r", "b"]
print(OldEngine(*given).show())
