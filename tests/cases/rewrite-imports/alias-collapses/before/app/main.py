from app.old.legacy import OldEngine as UserEngine

print(UserEngine("a").run())
