import importlib
import logging
import sys
from importlib import import_module

import app.hub

log = logging.getLogger("app.old.legacy.OldEngine")
logs = logging.getLogger("app.old.legacy"), logging.getLogger("app.old.helpers")


def late():
    return sys.modules["app.old.helpers"].helper(), sys.modules.get("app.old.nothing"), sys.modules.pop("app.old.legacy")


def loaded():
    yield import_module("app.old.legacy").OldEngine("loaded").name; yield importlib.import_module("app.old.helpers").helper()
    yield import_module("app.old.legacy").limit if 0 else import_module("app.old.legacy").create_engine("x").name
    yield import_module("app.old.pool").OldPool(3).size, __import__("app.old.legacy") is None
    yield getattr(app.hub, "OldEngine")("hub").name
