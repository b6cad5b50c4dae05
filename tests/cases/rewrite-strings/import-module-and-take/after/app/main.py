import importlib
from importlib import import_module

print(importlib.import_module("app.engine").UserEngine("a").run(), import_module("app.engine").UserEngine.limit)
print(import_module("app.factory").make_engine("b").run())
print(import_module(
    "app.engine"  # by its name
).UserEngine is import_module(name="app.old.legacy").OldEngine)
