from app.api import OldEngine, UserEngine

print(OldEngine("a").run(), UserEngine.name)
