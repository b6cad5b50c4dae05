from app.old.legacy import (
    OldEngine,  # the engine
    create_engine,
)
from app.old.legacy import OldError, Context

print(OldEngine("a").run(), create_engine("b").run(), Context.user, OldError.__mro__[1].__name__)
