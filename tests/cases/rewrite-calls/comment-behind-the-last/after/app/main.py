from app.engine import UserEngine

print(UserEngine.create(
    "r", None, user='nobody'  # the only one
).show())
