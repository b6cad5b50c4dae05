from app.old.legacy import (OldEngine, create_engine,)  # both

print(OldEngine("a").run(), create_engine("b").run())
