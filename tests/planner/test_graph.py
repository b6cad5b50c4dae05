"""Which modules a module loads on import, and by which chain it comes to load another."""

import pytest

from planner.graph import ImportGraph
from planner.layout import Layout
from tests.planner.trees import reader

FILES = {
    "a/__init__.py": "",
    "a/b.py": "import a.c, os, a.d.e\nfrom a import c, NAME\n",
    "a/c.py": (
        "from . import d\nfrom .d import e as x, NAME\nfrom os import path\nfrom .lost import y\nfrom ... import z\n"
    ),
    "a/d/__init__.py": "from .e import x\n",
    "a/d/e.py": "from .. import b\n",
    "a/broken.py": "from a import (\n",
    "n/inner.py": "from n import other\nfrom n import other, NAME\n",
    "n/other.py": "import n.inner\n",
    "places.py": """
import m.one
if x:
    import m.two
elif y:
    import m.three
else:
    import m.four
if TYPE_CHECKING:
    import m.never
else:
    import m.five
if typing.TYPE_CHECKING:
    import m.never
try:
    import m.six
except A:
    import m.seven
except B:
    import m.eight
else:
    import m.nine
finally:
    import m.ten
for i in x:
    import m.eleven
with x:
    import m.twelve
class A:
    import m.thirteen
    def f(self):
        import m.never
match x:
    case 1:
        import m.fourteen
    case 2:
        import m.fifteen
def f():
    import m.never
async def g():
    import m.never
while x: import m.sixteen
""",
}
NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "never"),
)
FILES |= {f"m/{name}.py": "" for name in NUMBERS}
EDGES = {
    "a": (),
    "a.b": ("a.c", "a.d.e", "a"),
    "a.c": ("a", "a.d", "a.d.e"),
    "a.d": ("a.d.e",),
    "a.d.e": ("a", "a.b"),
    "a.broken": (),
    "n.inner": ("n.other", "n"),
    "n.other": ("n.inner",),
    "places": tuple(f"m.{name}" for name in NUMBERS if name != "never"),
    "lost": (),
}


@pytest.fixture
def graph() -> ImportGraph:
    return ImportGraph(Layout(FILES), reader(FILES))


@pytest.mark.parametrize(("module", "loaded"), EDGES.items())
def test_statements_that_run_on_import_count(graph: ImportGraph, module: str, loaded: tuple[str, ...]) -> None:
    found = graph.edges(module)
    if module == "places":
        assert sorted(found) == sorted(loaded)
    else:
        assert found == loaded


def chains(files: dict[str, str], start: str, goal: str, cut: frozenset[str] = frozenset()) -> tuple[str, ...]:
    asked: list[str] = []
    made = ImportGraph(Layout(files), reader(files, asked))
    found = made.chain(start, goal, cut)
    assert made.chain(start, goal, cut) == found
    assert len(asked) == len(set(asked))
    assert set(asked) <= set(files)
    return found


def test_the_chain_is_the_shortest_with_both_ends() -> None:
    files = {
        "a.py": "import b, c\n",
        "b.py": "import d\n",
        "c.py": "import e\n",
        "d.py": "import e\n",
        "e.py": "import f\n",
        "f.py": "import a\n",
        "g.py": "",
    }
    assert chains(files, "a", "b") == ("a", "b")
    assert chains(files, "a", "e") == ("a", "c", "e")
    assert chains(files, "a", "f") == ("a", "c", "e", "f")
    assert chains(files, "e", "d") == ("e", "f", "a", "b", "d")
    assert chains(files, "a", "a") == ()
    assert chains(files, "a", "g") == ()
    assert chains(files, "g", "a") == ()
    assert chains(files, "a", "f", frozenset({"c"})) == ("a", "b", "d", "e", "f")
    assert chains(files, "a", "f", frozenset({"e"})) == ()
    assert chains(files, "a", "b", frozenset({"a"})) == ()


def test_a_package_is_loaded_with_what_is_in_it_but_for_its_own_modules() -> None:
    files = {
        "p/__init__.py": "import p.one\nimport top\n",
        "p/one.py": "import p.two\n",
        "p/two.py": "import q.in_.deep\n",
        "q/__init__.py": "import last\n",
        "q/in_/__init__.py": "import other\n",
        "q/in_/deep.py": "",
        "last.py": "",
        "other.py": "",
        "top.py": "import p.one\n",
    }
    assert chains(files, "p.one", "last") == ("p.one", "p.two", "q", "last")
    assert chains(files, "p.one", "other") == ("p.one", "p.two", "q.in_", "other")
    assert chains(files, "p.one", "top") == ()
    assert chains(files, "top", "p") == ("top", "p")
    assert chains(files, "p.one", "p") == ()
