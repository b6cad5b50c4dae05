from app.old.legacy import *

print(OldEngine('a').run(), Context.user, create_engine('x').run(), OldError.__mro__[1].__name__)
