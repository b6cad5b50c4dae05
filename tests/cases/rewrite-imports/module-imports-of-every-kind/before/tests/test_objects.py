from unittest.mock import patch

import app.old.sub.pool as whole
from app.old import helpers, legacy


def go():
    with patch.object(legacy, "OldEngine") as fake, patch.object(helpers, "helper"):
        legacy.OldEngine("n")
        return fake.call_count


def stays():
    with patch.object(whole, "internal"), patch.object(whole, "OldPool"):
        return whole.OldPool(2)
