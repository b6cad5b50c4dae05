print("first")
from app.old.legacy import OldEngine, create_engine; print(OldEngine("a").run(), create_engine("b").run())