import operator
import sys
from importlib import import_module

import app.asked
from app import found, listed, mapped


def made():
    yield getattr(import_module("app.hub"), "OldEngine")
    yield vars(mapped)["OldEngine"]
    yield listed.__dict__["OldEngine"]
    yield import_module("app.loaded").OldEngine
    yield sys.modules["app.asked"].OldEngine
    yield operator.attrgetter("OldEngine")(found)


NAMED = "app.named.OldEngine"
module, _, name = NAMED.rpartition(".")
print(getattr(import_module(module), name)("r").show())
for engine in made():
    print(engine("r", "b").show())
