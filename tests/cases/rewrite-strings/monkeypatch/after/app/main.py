from app import service


class MonkeyPatch:
    def setattr(self, target, name, value=None):
        if isinstance(target, str):
            module, _, last = target.rpartition(".")
            import importlib
            setattr(importlib.import_module(module), last, name)
        else:
            setattr(target, name, value)


class Fake:
    def __init__(self, name):
        self.name = name

    def run(self):
        return "fake " + self.name


monkeypatch = MonkeyPatch()
monkeypatch.setattr("app.service.UserEngine", Fake)
print(service.start())
monkeypatch.setattr(service, "UserEngine", Fake)
print(service.start())
