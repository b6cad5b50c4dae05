from app.old.legacy import create_engine as OldEngine

print(OldEngine("a").run())
