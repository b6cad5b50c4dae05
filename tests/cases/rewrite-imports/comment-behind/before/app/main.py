from app.old.legacy import OldEngine  # noqa: F401 - OldEngine is old
# OldEngine comes from app.old.legacy
print(OldEngine("a").run())
