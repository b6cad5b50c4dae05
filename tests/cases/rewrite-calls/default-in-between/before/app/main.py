from app.legacy import OldEngine

print(OldEngine(
    "r",
    user="u",
).show(), OldEngine("r", user="u",).show(), OldEngine(
    "r"
    , user="v"
).show())
