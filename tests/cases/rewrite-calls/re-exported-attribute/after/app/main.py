from app import api

print(api.UserEngine.create("a", None, user='nobody').show(), api.UserEngine.create("r", "b", user='nobody').show())
