from app.engine import UserEngine

print(UserEngine.create(
    "r",
    None, user="u",
).show(), UserEngine.create("r", None, user="u",).show(), UserEngine.create(
    "r"
    , None, user="v"
).show())
