import app.old.legacy
from unittest.mock import patch

from app.old import legacy
from app.service import start


class MonkeyPatch:
    def setattr(self, target, name, value):
        setattr(target, name, value)


with patch.object(legacy, "OldEngine") as fake:
    fake.return_value.run.return_value = "fake"
    print(start(), legacy.OldEngine is fake)
with patch.object(app.old.legacy, "OldEngine", autospec=True) as fake:
    fake.return_value.run.return_value = "fake"
    print(start())
print(getattr(legacy, "OldEngine")("a").run(), hasattr(legacy, "OldEngine"))
monkeypatch = MonkeyPatch()
monkeypatch.setattr(legacy, "OldEngine", "patched")
print(legacy.OldEngine)
