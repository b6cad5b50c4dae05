import app.engine as legacy

print(legacy.UserEngine("a").run(), legacy.UserEngine.limit)
