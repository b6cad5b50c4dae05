from app.old.legacy import OldEngine

print(OldEngine(name='a').run())
