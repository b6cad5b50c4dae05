from unittest.mock import patch

from app.engine import UserEngine
from app.patched import go


def test_kept():
    module = "kept"
    with patch(f"app.{module}.OldEngine"):
        return UserEngine


def test_patched(text="app.patched." "OldEngine"):
    with patch("app.patched." "OldEngine"):
        return go()
