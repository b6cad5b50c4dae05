TABLE = [
    "app.engine.UserEngine",  # was "app.old.legacy.OldEngine"
    # "app.old.legacy.OldEngine",
]
print(len(TABLE))
