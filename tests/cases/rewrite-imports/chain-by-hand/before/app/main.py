from app.older import OlderEngine, OldEngine

print(OlderEngine('a').run(), OldEngine('b').run())
