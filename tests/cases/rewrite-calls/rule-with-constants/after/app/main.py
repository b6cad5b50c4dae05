from app.engine import UserEngine

print(UserEngine.create(str("r"), None, user='nobody').show(), UserEngine.create(str("r"), "b", user='nobody').show(), UserEngine.create(str(
    "r"), None, user="u",
).show())
