from app.engine import UserEngine

print(UserEngine.create("a", None, user='nobody').show(), UserEngine.create("b", "c", user='nobody').show(), UserEngine.create("r", "b", user='nobody').show())
