from app.hub import OldEngine, kept

print(OldEngine("a").run(), kept.run())
