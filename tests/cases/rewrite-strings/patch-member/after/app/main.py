from unittest.mock import patch

from app import service

with patch("app.engine.UserEngine.run", return_value="patched"):
    print(service.start())
with patch("app.engine.UserEngine.limit", 7):
    print(service.start())
