from app.old.legacy import (
    OldEngine,  # the engine

    OldError  # no comma behind
)

print(OldEngine("a").run(), OldError.__mro__[1].__name__)
