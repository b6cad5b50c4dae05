import operator
import sys
from importlib import import_module

import app.asked
import app.known as known
from app import found, listed, mapped, table, held


def made():
    yield getattr(import_module("app.hub"), "OldEngine")
    yield vars(mapped)["UserEngine"]
    yield listed.__dict__["UserEngine"]
    yield import_module("app.loaded").OldEngine
    yield sys.modules["app.asked"].OldEngine
    yield operator.attrgetter("OldEngine")(found)
    for name in ["OldEngine"]:
        yield getattr(table, name)
    module = known
    yield module.OldEngine
    yield held.UserEngine, "OldEngine"


for engine in made():
    print(engine("n").run() if isinstance(engine, type) else [engine[0]("n").run(), engine[1]])
