from app.engine import UserEngine

print(UserEngine.create("),(", ")#", user='nobody').show(), UserEngine.create("#", None, user="=,").show())
