"""Paths and modules, patterns, positions: the small tables that everything else stands on."""

import pytest

from planner.facts import Interest
from planner.layout import Layout
from planner.model import Symbol
from planner.patterns import matcher
from planner.scan import scan
from planner.source import SourceError, read_source

PATHS = ["app/__init__.py", "app/a.py", "app/sub/b.py", "app/sub/b.pyi", "src/lib/c.py", "src/lib/d.pyi", "x-y/e.py"]


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("app/__init__.py", "app"),
        ("app/a.py", "app.a"),
        ("app/sub/b.py", "app.sub.b"),
        ("app/sub/b.pyi", "app.sub.b"),
        ("src/lib/c.py", "lib.c"),
        ("x-y/e.py", ""),
    ],
)
def test_module_of_a_path(path: str, module: str) -> None:
    assert Layout(PATHS, (".", "src")).module(path) == module


def test_a_source_wins_over_its_stub_and_a_stub_alone_counts() -> None:
    layout = Layout(PATHS, (".", "src"))
    assert layout.path("app.sub.b") == "app/sub/b.py"
    assert layout.path("lib.d") == "src/lib/d.pyi"
    assert layout.path("app.sub") == ""
    assert layout.exists("app.sub")
    assert not layout.exists("app.lost")
    assert not layout.exists("src.lib")


@pytest.mark.parametrize(
    ("path", "module", "level", "absolute"),
    [
        ("app/a.py", "os", 0, "os"),
        ("app/a.py", "sub", 1, "app.sub"),
        ("app/a.py", "", 1, "app"),
        ("app/__init__.py", "a", 1, "app.a"),
        ("app/__init__.py", "", 1, "app"),
        ("app/sub/b.py", "a", 2, "app.a"),
        ("app/sub/b.py", "a", 3, "a"),
        ("app/sub/b.py", "a", 4, ""),
        ("app/__init__.py", "a", 3, ""),
        ("x-y/e.py", "a", 1, ""),
    ],
)
def test_relative_imports(path: str, module: str, level: int, absolute: str) -> None:
    assert Layout(PATHS).absolute(path, module, level) == absolute


def test_a_dotted_name_splits_at_its_longest_module() -> None:
    layout = Layout(PATHS)
    assert layout.split("app.a.Name.member") == Symbol("app.a", "Name.member")
    assert layout.split("app.sub") == Symbol("app.sub")
    assert layout.split("other.thing") is None


@pytest.mark.parametrize(
    ("pattern", "path", "selected"),
    [
        ("**/*.py", "a.py", True),
        ("**/*.py", "a/b/c.py", True),
        ("*.py", "a/b.py", False),
        ("tests/**", "tests/a/b.py", True),
        ("tests/**", "my/tests/a.py", False),
        ("**/tests/**", "my/tests/a.py", True),
        ("**/tests/**", "tests/a.py", True),
        ("a?.py", "ab.py", True),
        ("a?.py", "a/.py", False),
        ("[ab].py", "b.py", True),
        ("[!ab].py", "b.py", False),
        ("[!ab].py", "c.py", True),
        ("a.py", "a-py", False),
        ("[.py", "[.py", True),
        ("**", "any/thing", True),
    ],
)
def test_patterns(pattern: str, path: str, selected: bool) -> None:
    assert bool(matcher([pattern]).fullmatch(path)) is selected


def test_no_pattern_selects_nothing() -> None:
    assert not matcher([]).fullmatch("")
    assert not matcher([]).fullmatch("a")


@pytest.mark.parametrize(
    ("data", "line", "column", "offset"),
    [
        (b"a\nbc\n", 2, 1, 3),
        (b"a\r\nbc", 2, 1, 4),
        (b"a\rbc", 2, 1, 3),
        (b"\xef\xbb\xbfab", 1, 1, 4),
        ("é = 1\n".encode(), 1, 2, 2),
        ("# coding: latin-1\né = x\n".encode("latin-1"), 2, 5, 22),
        (b"x\x0cy\nz", 2, 0, 4),
    ],
)
def test_positions_of_the_parser_become_offsets_and_go_back(data: bytes, line: int, column: int, offset: int) -> None:
    source = read_source(data)
    assert source.offset(line, column) == offset
    assert source.position(offset)[0] == line


@pytest.mark.parametrize(
    "data", [b"# coding: no-such-codec\n", b"# coding: ascii\n\xe9\n", b"\xff\xfe", b"\xef\xbb\xbf# coding: latin-1\n"]
)
def test_bytes_that_are_not_what_they_say_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        read_source(data)


@pytest.mark.parametrize(
    ("data", "newline"), [(b"a\r\nb\n", "\r\n"), (b"a\nb\r\n", "\n"), (b"a\rb", "\r"), (b"a", "\n")]
)
def test_the_first_line_end_counts(data: bytes, newline: str) -> None:
    assert read_source(data).newline == newline


BOUND = {
    "import a.b": "a",
    "import a.b as c": "a.b",
    "import a": "a",
    "from a import b": "a.b",
    "from a.b import c as d": "a.b.c",
    "from . import b": "app.sub.b",
    "from .. import b as c": "app.b",
    "from ... import b": "",
    "from .x import y": "app.sub.x.y",
}


@pytest.mark.parametrize(("statement", "bound"), BOUND.items())
def test_what_an_import_binds(statement: str, bound: str) -> None:
    (alias,) = scan("x.py", statement.encode(), Interest(frozenset(), frozenset())).aliases
    assert Layout([*PATHS, "app/sub/c.py"]).bound("app/sub/c.py", alias) == bound


def test_the_deepest_root_names_a_file_whatever_their_order() -> None:
    for roots in ((".", "src", "src/deep"), ("src/deep", "src", "."), ("src/deep", ".", "src")):
        layout = Layout(["src/deep/a/b.py", "src/c.py", "d.py", "e.txt", "__init__.py", "1a.py", "f/2.py"], roots)
        assert layout.modules == ["a.b", "c", "d"]
        assert [layout.path(name) for name in layout.modules] == ["src/deep/a/b.py", "src/c.py", "d.py"]
        assert layout.exists("a")
        assert not layout.exists("")
    assert Layout(["src/a.py", "b.py", "srcs/c.py"], ("src",)).modules == ["a"]
    assert Layout(["a/b.pyi", "a/b.py"]).path("a.b") == Layout(["a/b.py", "a/b.pyi"]).path("a.b") == "a/b.py"
    assert Layout(["a.pyi"]).path("a") == "a.pyi"


def test_a_package_is_told_by_its_file() -> None:
    layout = Layout(PATHS)
    assert [layout.is_package(path) for path in ("a/__init__.py", "__init__.pyi", "a/init.py", "x__init__.py")] == [
        True,
        True,
        False,
        False,
    ]
