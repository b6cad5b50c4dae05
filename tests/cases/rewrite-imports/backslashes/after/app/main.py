from app.engine \
    import UserEngine, \
    EngineError
from app.factory import make_engine
from app.context import Context

print(UserEngine("a").run(), make_engine("b").run(), Context.user, EngineError.__mro__[1].__name__)
