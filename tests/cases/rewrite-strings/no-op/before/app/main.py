NAMES = ["OldEngine", "legacy", "app.old.legacy_two.OldEngine", "old.legacy"]
print(NAMES, b"app.old.legacy.OldEngine")
