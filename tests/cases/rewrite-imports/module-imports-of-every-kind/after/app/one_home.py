import app.engine

made = app.engine.UserEngine("é"); more = "é", app.engine.UserEngine(app.engine.UserEngine("n").name)
shown = app.engine.UserEngine.limit
error = app.engine.EngineError
