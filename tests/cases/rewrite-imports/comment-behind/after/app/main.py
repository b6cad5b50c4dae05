from app.engine import UserEngine  # noqa: F401 - OldEngine is old
# OldEngine comes from app.old.legacy
print(UserEngine("a").run())
