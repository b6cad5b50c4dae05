from app.engine import UserEngine

OldEngineFactory = "factory"
MyOldEngine = "my"
value = type("X", (), {"OldEngine": 1})
print(OldEngineFactory, MyOldEngine, value.OldEngine, UserEngine("a").run())
