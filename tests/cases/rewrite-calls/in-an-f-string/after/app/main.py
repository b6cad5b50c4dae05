from app.engine import UserEngine

print(f"{UserEngine.create('a', None, user='nobody').show()}")
