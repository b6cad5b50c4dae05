"""The same words for something else, in a file that also uses the class: shadows, namesakes, and the new name taken."""

from __future__ import annotations

from programs import Form
from uses import gathered

# As in uses.py: the lines below the imports of app/main.py, and whole trees.
BODIES: dict[tuple[str, str], str] = {
    ("shadowed by a parameter", "plain"): (
        "def work(OldEngine=4):\n    return OldEngine\n\n\n"
        'see("given", work(OldEngine=5))\nsee("default", work())\nsee("class", OldEngine)\n'
    ),
    ("shadowed by a local", "function"): (
        'def work():\n    OldEngine = 4\n    return OldEngine\n\n\nsee("local", work())\nsee("class", OldEngine)\n'
    ),
    (
        "shadowed by a local",
        "comprehension",
    ): 'see("local", [OldEngine for OldEngine in (1, 2)])\nsee("class", OldEngine)\n',
    ("same word as keyword, key, attribute", "plain"): (
        "class Table:\n    OldEngine = 5\n\n\n"
        'see("attribute", Table.OldEngine)\nsee("keyword", dict(OldEngine=1))\n'
        'see("key", {"OldEngine": 2}["OldEngine"])\n'
        'see("class", OldEngine)\n'
    ),
    (
        "clash: the new name is taken",
        "variable",
    ): 'UserEngine = 11\nsee("number", UserEngine)\nsee("class", OldEngine)\n',
    ("clash: the new name is taken", "parameter"): (
        "def work(UserEngine):\n    return UserEngine, OldEngine.limit\n\n\n"
        'see("both", work(4))\nsee("by name", work(UserEngine=4))\nsee("class", OldEngine)\n'
    ),
    ("clash: the new name is taken", "local"): (
        "def work():\n    UserEngine = 4\n    return UserEngine, OldEngine.limit\n\n\n"
        'see("both", work())\nsee("class", OldEngine)\n'
    ),
    ("clash: the new name is taken", "class"): (
        'class UserEngine(OldEngine):\n    own = 1\n\n\nsee("own", UserEngine.own)\nsee("base", UserEngine.__base__)\n'
    ),
}

TREES: dict[tuple[str, str], str] = {
    ("clash: the new name is taken", "imported from elsewhere"): """\
--- app/other.py
class UserEngine:
    pass
--- app/main.py
from app.old.legacy import OldEngine
from app.other import UserEngine
from app.see import see

see("class", OldEngine)
see("other", UserEngine)
""",
}


def forms() -> list[Form]:
    return gathered(BODIES, TREES)
