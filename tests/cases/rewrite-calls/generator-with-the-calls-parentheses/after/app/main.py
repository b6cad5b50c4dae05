from app.engine import UserEngine

print(UserEngine.create((n for n in range(3)), None, user='nobody').show(), UserEngine.create((n for n in "ab"), None, user='nobody').show(), UserEngine.create((n for n in "ab"), "b", user='nobody').show())
