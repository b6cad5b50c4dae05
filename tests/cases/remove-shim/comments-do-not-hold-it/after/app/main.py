from app.engine import UserEngine

print(UserEngine("a").run())
# OldEngine of app.old.legacy is gone
