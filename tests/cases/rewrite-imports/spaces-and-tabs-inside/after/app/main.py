from   app.engine	import   UserEngine   as   Engine ,EngineError
from app.factory import make_engine

print(Engine("a").run(), make_engine("b").run(), EngineError.__mro__[1].__name__)
