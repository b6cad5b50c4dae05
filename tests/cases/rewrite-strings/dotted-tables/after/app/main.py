import importlib

TABLE = {
    "engine": "app.engine.UserEngine",
    'error': 'app.engine:EngineError',
    "module": "app.old.legacy",
    "maker": ("app.factory.make_engine", """app.context.Context"""),
    "member": "app.engine.UserEngine.run",
    "look-alike": "app.old.legacy_factory.OldEngine",
    "longer": "my.app.old.legacy.OldEngine",
    "sentence": "see app.old.legacy.OldEngine",
}


def load(text):
    module, _, name = text.replace(":", ".").rpartition(".")
    return getattr(importlib.import_module(module), name)


print(load(TABLE["engine"])("a").run(), load(TABLE["error"]).__mro__[1].__name__, load(TABLE["maker"][0])("b").run())
