from app.factory import make_engine as OldEngine

print(OldEngine("a").run())
