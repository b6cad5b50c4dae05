from app.old.legacy import OldEngine as Engine, create_engine as make

print(Engine("a").run(), make("b").run())
