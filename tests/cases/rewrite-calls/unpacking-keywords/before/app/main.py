from app.legacy import OldEngine

given = {"user": "u"}
print(OldEngine("r", **given).show())
