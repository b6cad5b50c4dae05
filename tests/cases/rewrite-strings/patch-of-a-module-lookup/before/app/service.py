import app.old.legacy as module
from importlib import import_module


def start():
    return module.OldEngine("s").run()


def load():
    return import_module("app.old.legacy").create_engine("t").run()
