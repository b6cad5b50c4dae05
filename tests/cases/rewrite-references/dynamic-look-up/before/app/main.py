from app.old.legacy import OldEngine

print(globals()["OldEngine"]("a").run())
