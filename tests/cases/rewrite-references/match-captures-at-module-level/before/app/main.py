from app.old.legacy import OldEngine

print(OldEngine("a").run())
match 5:
    case OldEngine:
        print(OldEngine)
