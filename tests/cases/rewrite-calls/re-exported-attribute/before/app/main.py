from app import api

print(api.OldEngine("a").show(), api.OldEngine(bridge="b", registry="r").show())
