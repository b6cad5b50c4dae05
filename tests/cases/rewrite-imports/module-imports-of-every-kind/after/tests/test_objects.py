from unittest.mock import patch

import app.old.sub.pool as whole
from app.old import helpers
from app import engine


def go():
    with patch.object(engine, "UserEngine") as fake, patch.object(helpers, "helper"):
        engine.UserEngine("n")
        return fake.call_count


def stays():
    with patch.object(whole, "internal"), patch.object(whole, "OldPool"):
        return whole.OldPool(2)
