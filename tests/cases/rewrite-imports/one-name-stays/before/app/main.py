from app.old.legacy import OldEngine, unmapped

print(OldEngine().run(), unmapped())
