from app.legacy import OldEngine

print(OldEngine.show(OldEngine("a")), OldEngine("b").show().upper(), isinstance(OldEngine("c"), OldEngine))
