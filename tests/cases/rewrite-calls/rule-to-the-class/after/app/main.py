from app.engine import UserEngine

print(UserEngine(("r", None, 'nobody')).show(), UserEngine(("r", "b", "u")).show(), UserEngine((
    "x",
    "y", 'nobody')).show())
