from app.engine import UserEngine

makers = [UserEngine]
print(UserEngine.create("a", None, user='nobody').show(), makers[0] is not None)
