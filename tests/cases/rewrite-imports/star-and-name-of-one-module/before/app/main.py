from app.old.legacy import *
from .old.legacy import create_engine

print(OldEngine("a").run(), create_engine("b").run())
