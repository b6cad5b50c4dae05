from app.engine import UserEngine

print(UserEngine.show(UserEngine.create("a", None, user='nobody')), UserEngine.create("b", None, user='nobody').show().upper(), isinstance(UserEngine.create("c", None, user='nobody'), UserEngine))
