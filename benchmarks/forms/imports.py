"""The forms of import statement, each in every position where it may stand."""

from __future__ import annotations

from dataclasses import dataclass

from programs import Form, Program, files

# In a position, @I is the import statement, @U the expression for the class, @P the folder of the importer.
POSITIONS = {
    "module": """\
--- app/main.py
from app.see import see
@I

see("class", @U)  # what it is
see("run", @U("a").run())
""",
    "function": """\
--- app/main.py
from app.see import see


def work(name):
    @I

    see("class", @U)
    return @U(name).run()


see("run", work("a"))
""",
    "class body": """\
--- app/main.py
from app.see import see


class Holder:
    @I
    held = @U  # kept


see("class", Holder.held)
see("run", Holder.held("a").run())
""",
    "try": """\
--- app/main.py
from app.see import see

try:
    @I
except ImportError:
    raise SystemExit("not installed") from None

see("class", @U)
see("run", @U("a").run())
""",
    "TYPE_CHECKING": """\
--- app/main.py
from typing import TYPE_CHECKING, get_type_hints

from app.see import loaded, see

if TYPE_CHECKING:
    @I


def work(engine: "@U") -> None:
    pass


see("loaded", loaded())
if TYPE_CHECKING:
    see("hint", get_type_hints(work)["engine"])
""",
    "nested package": """\
--- app/sub/deep/main.py
from app.see import see
@I

see("class", @U)
see("run", @U("a").run())
""",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A statement and the expression behind it; `nested` is the statement in app/sub/deep, where it differs."""

    name: str
    statement: str
    use: str = "OldEngine"
    nested: str = ""
    more: str = ""
    also: str = ""
    beside: str = ""
    head: str = ""
    tail: str = ""
    engine_tail: str = ""
    exports: str = ""
    moves: tuple[tuple[str, str], ...] = ()
    positions: tuple[str, ...] = tuple(POSITIONS)


HELPER = '\n\ndef helper():\n    return "helped"\n'
HELPERS = {"tail": HELPER, "exports": "helper = false", "also": 'see("helper", helper())'}
CONTEXT = "--- app/context.py\nclass Context:\n    pass\n"
API = '--- app/api/__init__.py\nfrom app.old.legacy import OldEngine\n\n__all__ = ["OldEngine"]\n'
TOP_LEVEL = ("module", "try", "nested package")

WAYS = (
    Way("`from a.b import Old`", "from app.old.legacy import OldEngine"),
    Way("relative", "from .old.legacy import OldEngine", nested="from ...old.legacy import OldEngine"),
    Way("`from a.b import Old as E`", "from app.old.legacy import OldEngine as Eng", "Eng"),
    Way("alias equal to the new name", "from app.old.legacy import OldEngine as UserEngine", "UserEngine"),
    Way("several names, one stays", "from app.old.legacy import OldEngine, helper", **HELPERS),
    Way(
        "in parentheses, with comments",
        "from app.old.legacy import (  # both\n@    OldEngine,  # the class\n@    helper,  # the function\n@)",
        **HELPERS,
    ),
    Way(
        "name that the legacy module only imported",
        "from app.old.legacy import Context, OldEngine",
        more=CONTEXT,
        head="from app.context import Context\n\n\n",
        also='see("context", Context)',
        moves=(("app.old.legacy:Context", "app.context:Context"),),
    ),
    Way("star", "from app.old.legacy import *", positions=TOP_LEVEL),
    Way("`import a.b`", "import app.old.legacy", "app.old.legacy.OldEngine"),
    Way("`import a.b as m`", "import app.old.legacy as mod", "mod.OldEngine"),
    Way("`from a import b`", "from app.old import legacy", "legacy.OldEngine"),
    Way("`from . import b`", "from .old import legacy", "legacy.OldEngine", nested="from ...old import legacy"),
    Way("through a package, `__all__`", "from app.api import OldEngine", more=API),
    Way("through a package, as an attribute", "from app import api", "api.OldEngine", more=API),
    Way(
        "through two modules",
        "from app.hub import OldEngine",
        more=API + "--- app/hub.py\nfrom app.api import OldEngine\n",
    ),
    Way(
        "through a package, renamed there",
        "from app.api import Engine",
        "Engine",
        more="--- app/api/__init__.py\nfrom ..old.legacy import OldEngine as Engine\n",
    ),
    Way(
        "beside an import of the target",
        "from app.old.legacy import OldEngine",
        beside="from app.engine import UserEngine, newer\n",
        also='see("new", UserEngine)\nsee("newer", newer())',
        engine_tail='\n\ndef newer():\n    return "newer"\n',
        positions=TOP_LEVEL,
    ),
)


def forms() -> list[Form]:
    """Return a form for each way."""
    return [Form(way.name, {position: program(way, position) for position in way.positions}) for way in WAYS]


def program(way: Way, position: str) -> Program:
    nested = position == "nested package"
    text = POSITIONS[position]
    indent = next(line for line in text.split("\n") if line.endswith("@I"))[:-2]
    statement = (way.nested if nested else "") or way.statement
    text = text.replace("@I", statement.replace("\n@", "\n" + indent)).replace("@U", way.use)
    text = text.replace("from app.see import see\n", "from app.see import see\n" + way.beside)
    return Program(
        files(text + also(way, position) + way.more),
        main="app.sub.deep.main" if nested else "app.main",
        head=way.head,
        tail=way.tail,
        engine_tail=way.engine_tail,
        moves=dict(way.moves),
        exports=way.exports,
        checking=position == "TYPE_CHECKING",
    )


def also(way: Way, position: str) -> str:
    """Return the lines that use the statement's other names, where these are in reach."""
    if not way.also:
        return ""
    if position == "TYPE_CHECKING":
        return "".join(f"if TYPE_CHECKING:\n    {line}\n" for line in way.also.split("\n"))
    if position == "class body":
        return way.also.replace("helper())", "Holder.helper())").replace("Context)", "Holder.Context)") + "\n"
    if position == "function":
        return ""
    return way.also + "\n"
