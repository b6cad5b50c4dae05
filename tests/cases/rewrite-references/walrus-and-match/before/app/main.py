from app.old.legacy import OldEngine

if (engine := OldEngine("w")) and [inner := OldEngine("i") for _ in [1]]:
    print(engine.run(), inner.run())

match engine:
    case OldEngine(name="x"):
        print("x")
    case OldEngine(name=found) if found != OldEngine.limit:
        print("found", found)

match "text":
    case str() as OldEngineLike:
        print(OldEngineLike)


def captured(value):
    match value:
        case [OldEngine, *_]:
            return OldEngine


print(captured([1, 2]))
