from unittest.mock import patch

from app import service

with patch("app.service.OldEngine") as fake:
    fake.return_value.run.return_value = "patched"
    print(service.start())
