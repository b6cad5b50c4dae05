import importlib

print(importlib.import_module('app.old.legacy').OldEngine('a').run())
