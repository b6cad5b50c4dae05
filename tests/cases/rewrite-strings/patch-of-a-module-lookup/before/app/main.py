from unittest.mock import patch

from app.service import load, start

with patch("app.old.legacy.OldEngine") as fake:
    fake.return_value.run.return_value = "fake"
    print(start())
with patch("app.old.legacy.create_engine") as fake:
    fake.return_value.run.return_value = "made"
    print(load())
