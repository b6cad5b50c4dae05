from app.engine import UserEngine

print(UserEngine.create("r", None, user='nobody').show(), UserEngine.create("r", "b", user='nobody').show(), UserEngine.create("r", "b", user="u").show())
