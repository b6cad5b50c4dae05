from app.legacy import OldEngine

b = "b"
print(OldEngine(bridge=b, registry="r").show(), OldEngine(user="u", registry=b).show())
