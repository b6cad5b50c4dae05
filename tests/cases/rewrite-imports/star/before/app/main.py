from app.old.legacy import *

print(OldEngine("a").run(), create_engine("b").run())
