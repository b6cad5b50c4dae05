from app.engine import UserEngine

print(UserEngine.create("t", "b", user='nobody').show())
