from unittest.mock import patch

from app.service import load, start

with patch("app.engine.UserEngine") as fake:
    fake.return_value.run.return_value = "fake"
    print(start())
with patch("app.factory.make_engine") as fake:
    fake.return_value.run.return_value = "made"
    print(load())
