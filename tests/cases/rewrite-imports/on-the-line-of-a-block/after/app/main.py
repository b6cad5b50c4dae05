if True: from app.engine import UserEngine; from app.factory import make_engine
try: from app.engine import EngineError as OldError
except ImportError: OldError = ValueError
def f(): from app.context import Context; return Context.user
print(UserEngine("a").run(), make_engine("b").run(), OldError.__mro__[1].__name__, f())
