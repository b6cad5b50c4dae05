from app.old.legacy import OldEngine, create_engine  # noqa: F401
print(OldEngine("a").run(), create_engine("b").run())
