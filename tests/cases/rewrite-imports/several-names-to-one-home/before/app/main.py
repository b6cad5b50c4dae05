from app.old.legacy import OldEngine, OldError

try:
    raise OldError("x")
except OldError as error:
    print(error, OldEngine().run())
