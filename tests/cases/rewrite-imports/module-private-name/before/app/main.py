from app.old import legacy

legacy._cache["a"] = 1
print(legacy.OldEngine().run(), legacy._cache)
