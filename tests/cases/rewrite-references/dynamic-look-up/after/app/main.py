from app.engine import UserEngine as OldEngine

print(globals()["OldEngine"]("a").run())
