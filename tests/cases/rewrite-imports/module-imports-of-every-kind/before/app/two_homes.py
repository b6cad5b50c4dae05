import app.old.legacy

made = app.old.legacy.OldEngine("n"), app.old.legacy.create_engine("n")
