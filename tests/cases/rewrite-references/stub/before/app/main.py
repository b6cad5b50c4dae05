from app.service import start, OldEngine

print(start().run(), OldEngine.limit)
