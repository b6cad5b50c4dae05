import app.old.legacy

print(app.old.legacy.OldEngine("a").run(), app.old.NAME)
