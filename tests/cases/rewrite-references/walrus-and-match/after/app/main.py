from app.engine import UserEngine

if (engine := UserEngine("w")) and [inner := UserEngine("i") for _ in [1]]:
    print(engine.run(), inner.run())

match engine:
    case UserEngine(name="x"):
        print("x")
    case UserEngine(name=found) if found != UserEngine.limit:
        print("found", found)

match "text":
    case str() as OldEngineLike:
        print(OldEngineLike)


def captured(value):
    match value:
        case [OldEngine, *_]:
            return OldEngine


print(captured([1, 2]))
