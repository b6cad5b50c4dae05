TABLE = [
    "app.old.legacy.OldEngine",  # was "app.old.legacy.OldEngine"
    # "app.old.legacy.OldEngine",
]
print(len(TABLE))
