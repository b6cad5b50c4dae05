from app.old.legacy \
    import OldEngine, \
    OldError
from app.old.legacy import \
    create_engine, Context

print(OldEngine("a").run(), create_engine("b").run(), Context.user, OldError.__mro__[1].__name__)
