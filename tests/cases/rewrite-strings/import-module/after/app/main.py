import importlib
import sys
from importlib import import_module

print(importlib.import_module("app.engine").UserEngine("a").run())
print(import_module("app.engine").UserEngine("b").run(), __import__("app.old.legacy").__name__)
print(sys.modules["app.old.legacy"].OldEngine("c").run(), "app.old.legacy" in sys.modules)
