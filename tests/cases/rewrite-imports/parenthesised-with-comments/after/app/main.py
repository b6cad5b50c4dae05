from app.engine import (  # where it was
    UserEngine,  # the engine
    # what it raises
    EngineError,
)
from app.factory import (
    make_engine,  # the factory
)
from app.context import (
    Context,
    # the end
)

print(UserEngine("a").run(), make_engine("b").run(), Context.user, EngineError.__mro__[1].__name__)
