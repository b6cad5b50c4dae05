from app.old.legacy import OldEngine

OldEngineFactory = "factory"
MyOldEngine = "my"
value = type("X", (), {"OldEngine": 1})
print(OldEngineFactory, MyOldEngine, value.OldEngine, OldEngine("a").run())
