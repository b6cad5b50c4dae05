"""Where a name comes from: through hubs, stars, modules behind modules, and what is bound several times."""

import tomllib

import pytest

from planner.config import parse
from planner.facts import FileFacts, Interest
from planner.imports import Imports
from planner.interfaces import Interfaces
from planner.layout import Layout
from planner.legacy import Legacy
from planner.resolve import Origin, Resolver
from planner.scan import scan
from tests.planner.trees import MemorySnapshot

CONFIG = """
[migration]
name = "m"
target = "app.new:New"
[[engine]]
legacy = "app.old:Old"
[[engine]]
legacy = "gone.lost:Lost"
[[engine]]
legacy = "app.pack:Packed"
"""
FILES = {
    "app/__init__.py": "from app.old import Old as Top\nimport app.old\nimport app.old as whole\n",
    "app/old.py": "class Old: pass\n_private = __dunder = 1\nfrom os import path\n",
    "app/pack/__init__.py": "class Packed: pass\n",
    "app/pack/inner.py": "from app.old import Old\n",
    "hub.py": "from app.old import Old, other as Renamed\nfrom app import old\nfrom far import Far\nimport json\n",
    "twice.py": "if x:\n    from app.old import Old\nelse:\n    from hub import Old\n",
    "differ.py": "if x:\n    from app.old import Old\nelse:\n    from app.old import other as Old\n",
    "apart.py": "if x:\n    from app.old import Old\nelse:\n    from json import Old\n",
    "beside.py": "if x:\n    from app.old import Old\nelse:\n    Old = None\n",
    "assigned.py": "import app.old\nimport hub as h\nfrom app.old import Old\nfrom app import old\n"
    "A = Old\nB = app.old.Old\nC = old.Old\nD = Old.deep\nE = h.Old\nF = app.old\nG = unknown.Old\nH = json.x\n"
    "I = old.Old.deep\nJ = A\n",
    "star.py": "from hub import *\n",
    "starred.py": "from star import *\nfrom app.old import *\n",
    "inside.py": "def f():\n    from hub import Other\nclass A:\n    from hub import Another\n",
    "listed.py": "from hub import Old\nfrom hub import Renamed as Hidden\n__all__ = ['Hidden']\n",
    "relist.py": "from listed import *\n",
    "typed.py": "if TYPE_CHECKING:\n    from app.old import Old, One\nfrom app.old import One\n",
    "circle.py": "from round import Old\nfrom round import *\n",
    "round.py": "from circle import Old\nfrom circle import *\n",
    "back.py": "import hub\nimport hub as h\nfrom app import pack\nfrom hub import json\nfrom back2 import h2\n",
    "back2.py": "import hub as h2\n",
    "broken.py": "from app.old import (\n",
    "nested/__init__.py": "",
    "nested/deep.py": "from . import old\nfrom .old import Old\nfrom .. import x\n",
    "nested/old.py": "class Old: pass\n",
}


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    layout = Layout(FILES)
    known: dict[str, FileFacts | None] = {}

    def facts(path: str) -> FileFacts | None:
        if path not in known:
            interest = Interest(frozenset(), frozenset())
            broken = path == "broken.py"
            known[path] = None if broken else scan(path, FILES[path].encode(), interest, with_definitions=True)
        return known[path]

    config = parse(tomllib.loads(CONFIG))
    legacy = Legacy(config, layout, facts)
    return Resolver(
        layout, legacy, facts, Interfaces(layout, facts), Imports(layout, MemorySnapshot({}), lambda blobs: {})
    )


def told(origin: Origin | None) -> str:
    """Return an origin on one line: the symbol, what follows it, the modules between, and the one that assigns it."""
    if origin is None:
        return "-"
    rest = "".join(f".{name}" for name in origin.rest)
    via = "".join(f" < {step}" for step in origin.via)
    return f"{origin.module}:{origin.name}{rest}{via}{f' assigned by {origin.assigned}' if origin.assigned else ''}"


ORIGINS = {
    "app.old Old": "app.old:Old",
    "app.old anything": "app.old:anything",
    "gone.lost Lost": "gone.lost:Lost",
    "gone lost": "gone.lost:",
    "app old": "app.old:",
    "app Top": "app.old:Old < app:Top",
    "app whole": "app.old: < app:whole",
    "app nothing": "-",
    "app.pack Packed": "app.pack:Packed",
    "app.pack inner": "-",
    "app.pack.inner Old": "app.old:Old < app.pack.inner:Old",
    "hub Old": "app.old:Old < hub:Old",
    "hub Renamed": "app.old:other < hub:Renamed",
    "hub old": "app.old: < hub:old",
    "hub json": "-",
    "hub Far": "-",
    "twice Old": "app.old:Old < twice:Old",
    "differ Old": "-",
    "apart Old": "-",
    "beside Old": "-",
    "assigned A": "app.old:Old < assigned:A assigned by assigned",
    "assigned B": "app.old:Old < assigned:B assigned by assigned",
    "assigned C": "app.old:Old < assigned:C assigned by assigned",
    "assigned D": "-",
    "assigned E": "app.old:Old < assigned:E < hub:Old assigned by assigned",
    "assigned F": "-",
    "assigned G": "-",
    "assigned H": "-",
    "assigned I": "-",
    "assigned J": "-",
    "star Old": "app.old:Old < star:Old < hub:Old",
    "star Renamed": "app.old:other < star:Renamed < hub:Renamed",
    "star Nothing": "-",
    "starred Old": "app.old:Old < starred:Old < star:Old < hub:Old",
    "starred path": "app.old:path < starred:path",
    "starred _private": "-",
    "inside Other": "-",
    "inside Another": "-",
    "listed Old": "app.old:Old < listed:Old < hub:Old",
    "relist Hidden": "app.old:other < relist:Hidden < listed:Hidden < hub:Renamed",
    "relist Old": "-",
    "typed Old": "app.old:Old < typed:Old",
    "typed One": "app.old:One < typed:One",
    "circle Old": "-",
    "circle Nothing": "-",
    "broken Old": "-",
    "nested.deep Old": "-",
    "nested.deep old": "-",
    "lost Old": "-",
}


@pytest.mark.parametrize(("name", "wanted"), ORIGINS.items())
def test_a_name_is_followed_to_the_legacy_module(resolver: Resolver, name: str, wanted: str) -> None:
    module, _, last = name.partition(" ")
    assert told(resolver.origin(module, last)) == wanted
    assert told(resolver.origin(module, last)) == wanted


DOTTED = {
    "app.old": "app.old:",
    "app.old.Old": "app.old:Old",
    "app.old.Old.a.b": "app.old:Old.a.b",
    "gone.lost.Lost": "gone.lost:Lost",
    "hub": "-",
    "hub.Old": "app.old:Old < hub:Old",
    "hub.Old.run.x": "app.old:Old.run.x < hub:Old",
    "hub.old": "app.old: < hub:old",
    "hub.old.Old": "app.old:Old < hub:old",
    "hub.old.Old.x": "app.old:Old.x < hub:old",
    "hub.lost": "-",
    "hub.json.x": "-",
    "back.hub.Old": "app.old:Old < hub:Old",
    "back.h.Old.x": "app.old:Old.x < hub:Old",
    "back.h": "-",
    "back.h2.Old": "app.old:Old < hub:Old",
    "back.pack.Packed": "app.pack:Packed < back:pack",
    "back.json.dumps": "-",
    "back.lost.x": "-",
    "assigned.E.x": "app.old:Old.x < assigned:E < hub:Old assigned by assigned",
    "app.pack.inner.Old": "app.old:Old < app.pack.inner:Old",
    "app.pack.lost.Old": "app.pack:lost.Old",
    "assigned.app.old.Old": "app.old:Old",
    "os.path": "-",
    "app": "-",
    "nested.deep.old.Old": "-",
}


@pytest.mark.parametrize(("text", "wanted"), DOTTED.items())
def test_a_dotted_name_is_followed(resolver: Resolver, text: str, wanted: str) -> None:
    assert told(resolver.dotted(text)) == wanted


STARS = {
    "app.old": {"Old", "path"},
    "hub": {"Old", "Renamed", "old", "Far", "json"},
    "star": {"Old", "Renamed", "old", "Far", "json"},
    "starred": {"Old", "Renamed", "old", "Far", "json", "path"},
    "listed": {"Hidden"},
    "relist": {"Hidden"},
    "typed": {"One"},
    "inside": {"f", "A"},
    "circle": {"Old"},
    "broken": set(),
    "lost": set(),
}


@pytest.mark.parametrize(("module", "names"), STARS.items())
def test_a_star_import_brings_in_what_it_does(resolver: Resolver, module: str, names: set[str]) -> None:
    assert resolver.star_names(module) == names
