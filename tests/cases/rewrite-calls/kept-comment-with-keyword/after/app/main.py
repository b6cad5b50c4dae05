from app.engine import UserEngine

print(UserEngine.create(
    # the registry
    "r",
    # the bridge
    "b", user='nobody',
).show())
