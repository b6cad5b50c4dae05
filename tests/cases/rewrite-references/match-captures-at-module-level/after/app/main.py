from app.engine import UserEngine as OldEngine

print(OldEngine("a").run())
match 5:
    case OldEngine:
        print(OldEngine)
