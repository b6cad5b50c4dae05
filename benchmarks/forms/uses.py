"""The forms of use: what a program does with the class once it has it. Each is a program, some are several."""

from __future__ import annotations

from programs import Form, Program, files

# (form, variant) -> the lines below the imports of app/main.py
BODIES: dict[tuple[str, str], str] = {
    ("call", "plain"): 'see("run", OldEngine("a").run())\n',
    (
        "call",
        "over lines",
    ): 'see(\n    "run",\n    OldEngine(  # the name comes first\n        name="a",  # kept\n    ).run(),\n)\n',
    ("call", "in a comprehension"): 'see("runs", [OldEngine(name).run() for name in "ab"])\n',
    ("subclass", "plain"): (
        'class Mine(OldEngine):\n    def run(self):\n        return "mine, " + super().run()\n\n\n'
        'see("base", Mine.__base__)\nsee("run", Mine("a").run())\n'
    ),
    ("subclass", "among others"): (
        "class Other:\n    pass\n\n\nclass Mine(Other, OldEngine, metaclass=type):\n    pass\n\n\n"
        'see("base", Mine.__mro__[2])\n'
    ),
    (
        "`isinstance`",
        "plain",
    ): 'thing = OldEngine()\nsee("is one", isinstance(thing, OldEngine))\nsee("class", type(thing))\n',
    (
        "`isinstance`",
        "tuple",
    ): 'see("is one", isinstance(OldEngine(), (int, OldEngine)))\nsee("is none", isinstance(3, OldEngine))\n',
    ("`match`", "plain"): (
        'match OldEngine():\n    case OldEngine(name="n"):\n        see("matched", OldEngine)\n'
        '    case _:\n        see("matched", None)\n'
    ),
    (
        "`except`",
        "plain",
    ): 'try:\n    raise OldEngine("a")\nexcept OldEngine as error:\n    see("caught", type(error))\n',
    ("`except`", "tuple"): (
        'try:\n    raise OldEngine("a")\nexcept (KeyError, OldEngine) as error:  # both\n'
        '    see("caught", type(error))\n'
    ),
    ("annotation", "parameter"): (
        "import typing\n\n\ndef work(engine: OldEngine) -> OldEngine:\n    return engine\n\n\n"
        'see("hint", typing.get_type_hints(work)["engine"])\n'
    ),
    ("annotation", "attribute"): (
        "import typing\n\n\nclass Holder:\n    engine: OldEngine\n\n\n"
        'see("hint", typing.get_type_hints(Holder)["engine"])\n'
    ),
    ("annotation in quotes", "plain"): (
        'import typing\n\n\ndef work(engine: "OldEngine") -> None:\n    pass\n\n\n'
        'see("hint", typing.get_type_hints(work)["engine"])\nsee("run", OldEngine("a").run())\n'
    ),
    ("annotation in quotes", "inside another"): (
        "import typing\n\n\n"
        'def work(engines: "list[OldEngine] | None", more: list["OldEngine"]) -> None:\n    pass\n\n\n'
        'see("hint", typing.get_args(typing.get_type_hints(work)["engines"])[0].__args__[0])\n'
        'see("more", typing.get_args(typing.get_type_hints(work)["more"])[0])\n'
    ),
    ("`typing.cast`, in quotes", "plain"): 'import typing\n\nsee("same", typing.cast("OldEngine", 3))\n',
    ("`TypeVar` bound, in quotes", "plain"): (
        'import typing\n\nT = typing.TypeVar("T", bound="OldEngine")\nsee("bound", eval(T.__bound__.__forward_arg__))\n'
    ),
    ("default, decorator argument", "default"): (
        'def work(engine=OldEngine, *, other=OldEngine):\n    return engine\n\n\nsee("default", work())\n'
    ),
    ("default, decorator argument", "decorator"): (
        "def uses(engine):\n    return lambda function: engine\n\n\n@uses(OldEngine)\ndef work():\n    pass\n\n\n"
        'see("decorated", work)\n'
    ),
    (
        "class attribute as a value",
        "plain",
    ): 'class State:\n    factory = OldEngine\n\n\nsee("factory", State.factory)\n',
    ("class attribute as a value", "assigned"): (
        'class State:\n    pass\n\n\nstate = State()\nstate.factory = OldEngine\nsee("factory", state.factory)\n'
    ),
    ("alias in the module", "plain"): 'Engine = OldEngine\nsee("alias", Engine)\nsee("run", Engine("a").run())\n',
    ("member of the class", "plain"): 'see("limit", OldEngine.limit)\nsee("name", OldEngine.run(OldEngine("a")))\n',
    ("f-string", "plain"): 'see("text", f"{OldEngine.limit:>3} of OldEngine")\n',
    ("`globals()`, `getattr`", "globals"): 'see("global", globals()["OldEngine"])\n',
    ("`global` and assignment", "plain"): (
        "def swap():\n    global OldEngine\n    before, OldEngine = OldEngine, None\n    return before\n\n\n"
        'see("before", swap())\nsee("after", OldEngine)\n'
    ),
    ("bound again", "wrapped"): 'OldEngine = OldEngine or None\nsee("class", OldEngine)\n',
    ("bound again", "deleted"): 'kept = OldEngine\ndel OldEngine\nsee("kept", kept)\n',
}

HEAD = "--- app/main.py\nfrom app.see import see\nfrom app.old.legacy import OldEngine\n\n"

# Forms that need more than a body, or another import.
TREES: dict[tuple[str, str], str] = {
    ("alias in the module", "taken by another"): """\
--- app/aliases.py
from app.old.legacy import OldEngine

Engine = OldEngine
__all__ = ["Engine"]
--- app/main.py
from app.aliases import Engine
from app.see import see

see("alias", Engine)
""",
    ("taken from an importer", "plain"): """\
--- app/hub.py
from app.old.legacy import OldEngine

thing = OldEngine()
--- app/main.py
import app.hub
from app.see import see

see("class", app.hub.OldEngine)
see("thing", type(app.hub.thing))
""",
    ("taken from an importer", "star"): """\
--- app/hub.py
from app.old.legacy import OldEngine

__all__ = ["OldEngine", "other"]
other = OldEngine.limit
--- app/main.py
from app.hub import *
from app.see import see

see("class", OldEngine)
see("other", other)
""",
    ("`try/except ImportError`, with a fallback", "None"): """\
--- app/main.py
from app.see import see

try:
    from app.old.legacy import OldEngine
except ImportError:  # an older release
    OldEngine = None

see("class", OldEngine)
""",
    ("`try/except ImportError`, with a fallback", "another module"): """\
--- app/main.py
from app.see import see

try:
    from app.newer import OldEngine
except ImportError:
    from app.old.legacy import OldEngine

see("class", OldEngine)
""",
    ("imported in two functions and at the top", "plain"): """\
--- app/main.py
from app.old.legacy import OldEngine
from app.see import see


def one():
    from app.old.legacy import OldEngine

    return OldEngine


def two():
    from .old.legacy import OldEngine as Eng  # again

    class Inner:
        engine = Eng

        def get(self):
            from app.old.legacy import OldEngine

            return OldEngine

    return Inner.engine, Inner().get()


see("one", one())
see("two", two()[0])
see("inner", two()[1])
see("top", OldEngine)
""",
    ("import in a function, for the sake of a cycle", "plain"): """\
--- app/main.py
from app.see import see
from app.service import Service, serve

see("class", serve())
see("service", Service.name)
--- app/service.py
class Service:
    name = "service"


def serve():
    from app.registry import registered  # the registry imports this module

    return registered()
--- app/registry.py
from app.service import Service


def registered():
    from app.wiring import made

    return made(Service)
--- app/wiring.py
from app.see import loaded, see

see("loaded", loaded())


def made(service):
    from app.old.legacy import OldEngine

    see("of", service.name)
    return OldEngine
""",
    ("semicolons, backslashes", "semicolons"): """\
--- app/main.py
from app.see import see
from app.old.legacy import OldEngine; number = 1  # two in one

see("class", OldEngine); see("number", number)
""",
    ("semicolons, backslashes", "backslash"): """\
--- app/main.py
from app.see import see
from app.old.legacy \\
    import OldEngine

see("class", OldEngine)
""",
    ("semicolons, backslashes", "if"): """\
--- app/main.py
from app.see import see
if see: from app.old.legacy import OldEngine

see("class", OldEngine)
""",
    ("the same name twice in one statement", "plain"): """\
--- app/main.py
from app.see import see
from app.old.legacy import OldEngine, OldEngine as Eng

see("class", OldEngine)
see("alias", Eng)
""",
    ("`globals()`, `getattr`", "getattr"): """\
--- app/main.py
from app.old import legacy
from app.see import see

see("class", getattr(legacy, "OldEngine"))
""",
}


def forms() -> list[Form]:
    """Return the forms in the order of the tables, with all their variants."""
    return gathered(BODIES, TREES)


def gathered(bodies: dict[tuple[str, str], str], trees: dict[tuple[str, str], str]) -> list[Form]:
    """Return forms from (form, variant) -> the lines below `from app.old.legacy import OldEngine`, or whole trees."""
    found: dict[str, dict[str, Program]] = {}
    for (name, variant), body in bodies.items():
        found.setdefault(name, {})[variant] = Program(files(HEAD + body))
    for (name, variant), text in trees.items():
        found.setdefault(name, {})[variant] = Program(files(text))
    return [Form(name, programs) for name, programs in found.items()]
