from app.api import *

print(OldEngine("a").run(), OldError.__mro__[1].__name__)
