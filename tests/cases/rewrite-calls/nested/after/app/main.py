from app.engine import UserEngine

print(UserEngine.create(UserEngine.create("in", "side", user='nobody').show(), UserEngine.create("kw", None, user='nobody').show(), user=UserEngine.create("u", None, user='nobody').show()).show())
