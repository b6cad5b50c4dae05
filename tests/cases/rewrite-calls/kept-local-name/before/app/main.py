from app.legacy import OldEngine

UserEngine = "mine"
print(OldEngine("a").show(), UserEngine)
