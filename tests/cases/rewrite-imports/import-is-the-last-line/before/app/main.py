import app.other

print(app.other.OldEngine("a").run(), app.other.create_engine("b").run())
