import app.other

print(app.other.UserEngine("a").run(), app.other.make_engine("b").run())
