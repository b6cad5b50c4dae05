from app.old.legacy import OldEngine

print(OldEngine("a").run())
# OldEngine of app.old.legacy is gone
