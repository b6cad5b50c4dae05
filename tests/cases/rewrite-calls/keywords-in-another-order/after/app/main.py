from app.engine import UserEngine

b = "b"
print(UserEngine.create("r", b, user='nobody').show(), UserEngine.create(b, None, user="u").show())
