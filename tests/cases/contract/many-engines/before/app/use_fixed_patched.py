from unittest.mock import patch

from app.old.fixed import OldFixed


def go():
    with patch.object(OldFixed('n'), 'name', 1):
        pass
