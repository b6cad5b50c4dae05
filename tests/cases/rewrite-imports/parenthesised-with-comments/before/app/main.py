from app.old.legacy import (  # where it was
    OldEngine,  # the engine
    # what it raises
    OldError,
    create_engine,  # the factory
    Context,
    # the end
)

print(OldEngine("a").run(), create_engine("b").run(), Context.user, OldError.__mro__[1].__name__)
