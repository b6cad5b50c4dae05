from app import api

given = ["r", "b"]
print(api.OldEngine(*given).show())
