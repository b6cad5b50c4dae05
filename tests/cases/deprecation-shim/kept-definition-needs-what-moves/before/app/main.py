from app.old.legacy import OldEngine, helper

print(OldEngine('a').run(), helper().run())
