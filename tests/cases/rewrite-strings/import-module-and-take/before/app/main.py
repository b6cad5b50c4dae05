import importlib
from importlib import import_module

print(importlib.import_module("app.old.legacy").OldEngine("a").run(), import_module("app.old.legacy").OldEngine.limit)
print(import_module("app.old.legacy").create_engine("b").run())
print(import_module(
    "app.old.legacy"  # by its name
).OldEngine is import_module(name="app.old.legacy").OldEngine)
