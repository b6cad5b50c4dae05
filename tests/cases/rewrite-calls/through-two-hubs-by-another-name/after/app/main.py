import app.outer

engine = app.outer.Handed.create("r", "b", user='nobody')
print(engine.show(), isinstance(engine, app.outer.Handed))
