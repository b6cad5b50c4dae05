from app.legacy import OldEngine

makers = [OldEngine]
print(OldEngine("a").show(), makers[0] is not None)
