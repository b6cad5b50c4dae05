from app.engine import UserEngine

print(UserEngine.create("one", None, user='nobody').show())
