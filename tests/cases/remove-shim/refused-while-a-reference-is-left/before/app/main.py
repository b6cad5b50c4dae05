import importlib

module = importlib.import_module('app.old.legacy')
print(module.OldEngine('a').run())
