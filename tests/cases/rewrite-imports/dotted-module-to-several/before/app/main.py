import app.old.legacy as legacy

print(legacy.OldEngine("a").run(), legacy.create_engine("b").run())
