import app.old.legacy

made = app.old.legacy.OldEngine("é"); more = "é", app.old.legacy.OldEngine(app.old.legacy.OldEngine("n").name)
shown = app.old.legacy.OldEngine.limit
error = app.old.legacy.OldError
