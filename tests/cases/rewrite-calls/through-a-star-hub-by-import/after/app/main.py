from app.engine import UserEngine

print(UserEngine.create("r", "b", user='nobody').show())
