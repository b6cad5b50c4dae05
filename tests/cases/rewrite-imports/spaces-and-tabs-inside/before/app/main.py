from   app.old.legacy	import   OldEngine   as   Engine ,OldError
from app . old . legacy import create_engine

print(Engine("a").run(), create_engine("b").run(), OldError.__mro__[1].__name__)
