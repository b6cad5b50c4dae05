from app.old.legacy import OldEngine

engines = [OldEngine("a")]
engines += [OldEngine("b")]
OldEngine.limit += 1
print(engines[1].run(), OldEngine.limit)
