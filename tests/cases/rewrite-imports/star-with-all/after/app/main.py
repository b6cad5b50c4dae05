from app.engine import UserEngine as OldEngine

print(OldEngine().run(), OldEngine.limit)
