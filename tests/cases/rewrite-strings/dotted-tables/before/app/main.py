import importlib

TABLE = {
    "engine": "app.old.legacy.OldEngine",
    'error': 'app.old.legacy:OldError',
    "module": "app.old.legacy",
    "maker": ("app.old.legacy.create_engine", """app.old.legacy.Context"""),
    "member": "app.old.legacy.OldEngine.run",
    "look-alike": "app.old.legacy_factory.OldEngine",
    "longer": "my.app.old.legacy.OldEngine",
    "sentence": "see app.old.legacy.OldEngine",
}


def load(text):
    module, _, name = text.replace(":", ".").rpartition(".")
    return getattr(importlib.import_module(module), name)


print(load(TABLE["engine"])("a").run(), load(TABLE["error"]).__mro__[1].__name__, load(TABLE["maker"][0])("b").run())
