from app.old.legacy import OldEngine, create_engine, Context, OldError

print(OldEngine("a").run(), create_engine("b").run(), Context.user, issubclass(OldError, Exception))
