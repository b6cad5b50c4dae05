from app.engine import UserEngine

engines = [UserEngine("a")]
engines += [UserEngine("b")]
UserEngine.limit += 1
print(engines[1].run(), UserEngine.limit)
