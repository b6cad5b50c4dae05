from app.engine import (
    UserEngine,  # the engine
)
from app.factory import make_engine
from app.engine import EngineError
from app.context import Context

print(UserEngine("a").run(), make_engine("b").run(), Context.user, EngineError.__mro__[1].__name__)
