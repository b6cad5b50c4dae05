"""Path patterns select what .gitignore would."""

import time

import pytest

from planner.patterns import fault, matcher

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


@pytest.mark.parametrize(
    ("pattern", "path", "selects"),
    [
        ("a/**/b/**/c.py", "a/x/b/b/y/c.py", True),
        ("a/**/b/**/c.py", "a/b/c.py", True),
        ("a/**/b/**/c.py", "a/xb/c.py", False),
        ("**/**/a.py", "a.py", True),
        ("**/*b*/*c*.py", "x/abb/bcc.py", True),
        ("**/*b*c/d", "b/x/abbc/d", True),
        ("*a*b", "a/b", False),
        ("*ab*ab", "abab", True),
        ("*ab*ab", "aab", False),
        ("**.py", "a/b.py", True),
        ("a**/c", "a/b/c", True),
        ("a/**/b**c/**/d", "a/b/x/c/d", True),
        ("**/a/**/a/**", "x/a/y/a/z", True),
        ("**/a/**/a/**", "x/a/y/z", False),
        ("a/*", "a\n/b", False),
        ("*", "a\nb", True),
    ],
)
def test_several_wildcards_select(pattern: str, path: str, selects: bool) -> None:
    assert bool(matcher([pattern]).fullmatch(path)) is selects


@pytest.mark.parametrize(
    "pattern", ["**/" * 2000 + "b", "**/a/" * 40 + "b", "*a" * 2000 + "b", "*/" * 30 + "*a*a*a*a*b"]
)
def test_many_wildcards_take_no_time(pattern: str) -> None:
    select = matcher([pattern])
    started = time.process_time()
    for path in ("a" * 250, "/".join("a" * 250), "/".join(["aaaaaaaa"] * 31)):
        assert not select.fullmatch(path)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "pattern", ["", "a\0", "/a", "a/", "a//b", "./a", "a/../b", "!a", "[z-a]", "a/[!z-a]", "a**b**c**d"]
)
def test_a_pattern_that_means_nothing_has_a_fault(pattern: str) -> None:
    assert fault(pattern)


@pytest.mark.parametrize("pattern", ["**", "a/**", "[x", "[]x].py", "[!]x]", "**.py", "a b", "-", "[!a-b]/*"])
def test_other_patterns_have_none(pattern: str) -> None:
    assert not fault(pattern)
