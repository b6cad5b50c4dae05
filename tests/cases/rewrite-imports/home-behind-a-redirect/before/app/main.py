from app.old.legacy import OldEngine, Context, Facade

print(OldEngine("a").run(), Context.user, Facade.__name__)
