import app.engine

print(app.engine.UserEngine("a").run(), app.engine.UserEngine.limit)
