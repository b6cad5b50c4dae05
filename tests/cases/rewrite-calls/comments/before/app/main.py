from app.legacy import OldEngine

engine = OldEngine("r",  # OldEngine("r")
                   "b")  # not OldEngine(registry)
print(engine.show())
