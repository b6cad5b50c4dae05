from app.engine import UserEngine

print(UserEngine.create("two", None, user='nobody').show())
