from unittest.mock import patch

patch("app.old.legacy.OldEngine")
