from app.engine import (
    UserEngine,  # the engine

    EngineError  # no comma behind
)

print(UserEngine("a").run(), EngineError.__mro__[1].__name__)
