"""Path patterns select what .gitignore would."""

import pytest

from planner.patterns import matcher

PATHS = ("a.py", "b.py", "a/b.py", "a/b/c.py", "a/b/test_c.py", "ab/c.txt", "[x].py", "-.py", "a\\.py", "^.py", "!.py")


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("*.py", ["a.py", "b.py", "[x].py", "-.py", "a\\.py", "^.py", "!.py"]),
        ("**/*.py", [path for path in PATHS if path.endswith(".py")]),
        ("a/**", ["a/b.py", "a/b/c.py", "a/b/test_c.py"]),
        ("**/b/*", ["a/b/c.py", "a/b/test_c.py"]),
        ("a/**/c.py", ["a/b/c.py"]),
        ("?.py", ["a.py", "b.py", "-.py", "^.py", "!.py"]),
        ("[ab].py", ["a.py", "b.py"]),
        ("[a-b].py", ["a.py", "b.py"]),
        ("[!ab].py", ["-.py", "^.py", "!.py"]),
        ("[^ab].py", ["-.py", "^.py", "!.py"]),
        ("[]x].py", []),
        ("[[]x].py", ["[x].py"]),
        ("a[\\]*", ["a\\.py"]),
        ("[x", []),
        ("[z-a].py", []),
        ("[a&&b||c~~d].py", ["a.py", "b.py"]),
        ("a.p", []),
        ("a?py", ["a.py"]),
        ("**", list(PATHS)),
    ],
)
def test_a_pattern_selects(pattern: str, wanted: list[str]) -> None:
    assert [path for path in PATHS if matcher([pattern]).fullmatch(path)] == wanted


def test_several_patterns_select_what_one_of_them_does_and_none_selects_nothing() -> None:
    assert [path for path in PATHS if matcher(["a.py", "ab/*"]).fullmatch(path)] == ["a.py", "ab/c.txt"]
    assert not matcher([]).fullmatch("")
