from app.legacy import *

print(OldEngine("a").show())
