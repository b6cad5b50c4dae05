from app.factory import make_engine as build

make_engine = "mine"
print(build("a").run(), make_engine)
