from app.old.legacy import *

print(OldEngine().run(), OldEngine.limit)
