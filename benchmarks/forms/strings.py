"""The forms in which a string names the class: targets of patches, dotted paths."""

from __future__ import annotations

from programs import Form
from uses import gathered

# The use site, whose name is what a test patches.
SERVICE = """\
--- app/service.py
from app.old.legacy import OldEngine


def work():
    return OldEngine("a").run()
"""
THROUGH_MODULE = """\
--- app/service.py
from app.old import legacy


def work():
    return legacy.OldEngine("a").run()
"""
FAKE = """\
--- app/main.py
from unittest import mock

from app import service
from app.see import see


class Fake:
    def __init__(self, name):
        pass

    def run(self):
        return "faked"


"""
# What pytest's fixture does with a dotted target.
MONKEY = """\
class MonkeyPatch:
    def setattr(self, target, value):
        mock.patch(target, value).start()


"""

TREES: dict[tuple[str, str], str] = {
    ("`mock.patch` of the use site", "with"): (
        SERVICE
        + FAKE
        + 'with mock.patch("app.service.OldEngine", Fake):\n    see("run", service.work())\n'
        + 'see("after", service.work())\n'
    ),
    ("`mock.patch` of the use site", "decorator"): (
        SERVICE
        + FAKE
        + '@mock.patch("app.service.OldEngine")\ndef test_work(engine):\n'
        + '    engine.return_value.run.return_value = "faked"\n'
        + '    see("run", service.work())\n    see("called", engine.call_count)\n\n\ntest_work()\n'
    ),
    ("`mock.patch` of the legacy module", "looked up there"): (
        THROUGH_MODULE + FAKE + 'with mock.patch("app.old.legacy.OldEngine", Fake):\n    see("run", service.work())\n'
    ),
    ("`mock.patch` of the legacy module", "imported late"): (
        SERVICE.replace("from app.old.legacy import OldEngine\n\n\n", "").replace(
            "    return", "    from app.old.legacy import OldEngine\n\n    return"
        )
        + FAKE
        + 'with mock.patch("app.old.legacy.OldEngine", Fake):\n    see("run", service.work())\n'
    ),
    ("`patch.object` of the use site", "plain"): (
        SERVICE + FAKE + 'with mock.patch.object(service, "OldEngine", Fake):\n    see("run", service.work())\n'
    ),
    ("`patch.object` of a method", "class"): (
        SERVICE
        + FAKE.replace("from app.see", "from app.old.legacy import OldEngine\nfrom app.see")
        + 'with mock.patch.object(OldEngine, "run", lambda self: "faked"):\n    see("run", service.work())\n'
    ),
    ("`patch.object` of a method", "dotted"): (
        SERVICE
        + FAKE
        + 'with mock.patch("app.old.legacy.OldEngine.run", lambda self: "faked"):\n    see("run", service.work())\n'
    ),
    ("`monkeypatch.setattr`, dotted", "use site"): (
        SERVICE
        + FAKE
        + MONKEY
        + 'def test_work(monkeypatch):\n    monkeypatch.setattr("app.service.OldEngine", Fake)\n'
        + '    see("run", service.work())\n\n\ntest_work(MonkeyPatch())\n'
    ),
    ("`Mock(spec=...)`", "plain"): """\
--- app/main.py
from unittest.mock import Mock

from app.old.legacy import OldEngine
from app.see import see

engine = Mock(spec=OldEngine)
see("is one", isinstance(engine, OldEngine))
see("class", engine.__class__)
""",
    ("`importlib.import_module`", "attribute"): """\
--- app/main.py
import importlib

from app.see import see

see("class", importlib.import_module("app.old.legacy").OldEngine)
""",
    ("`importlib.import_module`", "variable"): """\
--- app/main.py
from importlib import import_module

from app.see import see

module = import_module("app.old.legacy")
see("class", module.OldEngine)
see("run", module.OldEngine("a").run())
""",
    ("`__import__`", "plain"): """\
--- app/main.py
from app.see import see

see("class", __import__("app.old.legacy", fromlist=["OldEngine"]).OldEngine)
""",
    ("`sys.modules`", "plain"): """\
--- app/main.py
import sys

import app.old.legacy
from app.see import see

see("class", sys.modules["app.old.legacy"].OldEngine)
""",
    ("table of dotted strings", "dots"): """\
--- app/main.py
from app.see import load, see

ENGINES = {
    "default": "app.old.legacy.OldEngine",  # by name
    "other": "app.see.see",
}
see("class", load(ENGINES["default"]))
""",
    ("table of dotted strings", "colon"): """\
--- app/main.py
from app.see import load, see

ENGINES = ("app.old.legacy:OldEngine", "app.see:see")
see("class", load(ENGINES[0]))
""",
}


def forms() -> list[Form]:
    return gathered({}, TREES)
