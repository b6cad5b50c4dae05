from app.api import OldEngine, create_engine

print(OldEngine("a").run(), create_engine("b").run())
