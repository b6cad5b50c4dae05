"""How far imports, bases and redirects are followed: chains of the greatest length, and of one more."""

import pytest

from planner.config import parse
from planner.facts import NO_INTEREST
from planner.interfaces import UNKNOWN, Interfaces
from planner.layout import Layout
from planner.legacy import Legacy
from planner.model import Symbol
from planner.scan import scan

DEEPEST = 24
LONGEST = 32


def interfaces(files: dict[str, str]) -> Interfaces:
    found = {path: scan(path, text.encode(), NO_INTEREST, with_definitions=True) for path, text in files.items()}
    return Interfaces(Layout(files), found.get)


def test_imports_of_a_class_are_followed_so_far() -> None:
    files = {f"a/m{number}.py": f"from a.m{number - 1} import C\n" for number in range(1, 60)}
    known = interfaces({**files, "a/m0.py": "class C: x = 1\n"})
    found = [known.of(Symbol(f"a.m{number}", "C")) != UNKNOWN for number in range(30)]
    assert found == [number <= DEEPEST for number in range(30)]
    homes = [known.home(Symbol(f"a.m{number}", "C")) for number in range(30)]
    assert homes == [Symbol("a.m0", "C") if number <= DEEPEST else None for number in range(30)]


@pytest.mark.parametrize(
    ("imports", "base"),
    [("from a.m{} import C{}", "C{}"), ("import a.m{}", "a.m{}.C{}"), ("from a import m{}", "m{}.C{}")],
)
def test_bases_are_followed_so_far(imports: str, base: str) -> None:
    files = {"a/m0.py": "class C0: x0 = 1\n"}
    for number in range(1, 60):
        under = number - 1
        text = f"{imports}\nclass C{number}({base}): x{number} = 1\n".replace("{}", str(under))
        files[f"a/m{number}.py"] = text
    found = interfaces(files).of(Symbol("a.m40", "C40"))
    assert len(found.members) == DEEPEST + 1
    assert interfaces(files).of(Symbol("a.m40", "C40")).members == {f"x{n}" for n in range(40 - DEEPEST, 41)}


def test_bases_in_one_module_are_followed_so_far() -> None:
    text = "class C0: x0 = 1\n" + "".join(f"class C{n}(C{n - 1}): x{n} = 1\n" for n in range(1, 60))
    assert interfaces({"a/m.py": text}).of(Symbol("a.m", "C40")).members == {f"x{n}" for n in range(40 - DEEPEST, 41)}


def test_redirects_of_legacy_modules_are_followed_so_far() -> None:
    count = 40
    engines = [
        {"legacy": f"a.m{number}:C{number}", "replacement": f"a.m{number - 1}:C{number - 1}"}
        for number in range(1, count)
    ]
    config = parse({"migration": {"name": "x", "target": "a.m0:C0"}, "engine": engines}, "consolidate.toml")
    legacy = Legacy(config, Layout([f"a/m{number}.py" for number in range(count)]), lambda _: None)
    goes = [legacy.destination(f"a.m{number}", f"C{number}") for number in range(1, count)]
    assert [item.symbol for item in goes] == [
        Symbol("a.m0", "C0") if number <= LONGEST + 1 else None for number in range(1, count)
    ]
    assert {item.reason for item in goes if item.symbol is None} == {
        f"a.m{number}:C{number} redirects in a circle" for number in range(LONGEST + 2, count)
    }
