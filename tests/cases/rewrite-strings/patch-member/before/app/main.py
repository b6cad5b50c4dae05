from unittest.mock import patch

from app import service

with patch("app.old.legacy.OldEngine.run", return_value="patched"):
    print(service.start())
with patch("app.old.legacy.OldEngine.limit", 7):
    print(service.start())
