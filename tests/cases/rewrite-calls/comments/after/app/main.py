from app.engine import UserEngine

engine = UserEngine.create("r",  # OldEngine("r")
                   "b", user='nobody')  # not OldEngine(registry)
print(engine.show())
