from app.older import build

make_engine = "mine"
print(build("a").run(), make_engine)
