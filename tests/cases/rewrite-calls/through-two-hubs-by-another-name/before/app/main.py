import app.outer

engine = app.outer.Handed("r", bridge="b")
print(engine.show(), isinstance(engine, app.outer.Handed))
