import app.old.legacy as legacy

print(legacy.OldEngine("a").run(), legacy.OldEngine.limit)
