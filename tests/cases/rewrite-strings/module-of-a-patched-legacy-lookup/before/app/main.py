from unittest.mock import patch

from app.old import legacy

with patch("app.old.legacy.OldEngine") as fake:
    fake.return_value.run.return_value = "patched"
    print(legacy.build())
