if True: from app.old.legacy import OldEngine, create_engine
try: from app.old.legacy import OldError
except ImportError: OldError = ValueError
def f(): from app.old.legacy import Context; return Context.user
print(OldEngine("a").run(), create_engine("b").run(), OldError.__mro__[1].__name__, f())
