from app.old.legacy import OldEngine
print(OldEngine("ä").run())
