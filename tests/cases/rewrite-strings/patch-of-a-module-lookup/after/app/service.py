import app.engine as module
from importlib import import_module


def start():
    return module.UserEngine("s").run()


def load():
    return import_module("app.factory").make_engine("t").run()
