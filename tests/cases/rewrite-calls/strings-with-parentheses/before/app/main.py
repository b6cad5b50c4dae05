from app.legacy import OldEngine

print(OldEngine("),(", ")#").show(), OldEngine("#", user="=,").show())
