import app.engine
from unittest.mock import patch

from app import engine
from app.service import start


class MonkeyPatch:
    def setattr(self, target, name, value):
        setattr(target, name, value)


with patch.object(engine, "UserEngine") as fake:
    fake.return_value.run.return_value = "fake"
    print(start(), engine.UserEngine is fake)
with patch.object(app.engine, "UserEngine", autospec=True) as fake:
    fake.return_value.run.return_value = "fake"
    print(start())
print(getattr(engine, "UserEngine")("a").run(), hasattr(engine, "UserEngine"))
monkeypatch = MonkeyPatch()
monkeypatch.setattr(engine, "UserEngine", "patched")
print(engine.UserEngine)
