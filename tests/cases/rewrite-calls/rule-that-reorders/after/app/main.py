from app.engine import UserEngine

print(UserEngine.create(user='nobody', bridge="b", registry="r").show(), UserEngine.create(user='nobody', bridge=None, registry="r").show(), UserEngine.create(user="u", bridge=None, registry="r").show())
