from importlib import import_module
from app import legacy

print(import_module("app.legacy").OldEngine("a").show())
print(getattr(legacy, "OldEngine")("a").show())
