"""What is left of a module that becomes a shim, at the places where it was; and that looking ahead comes to an end."""

from types import SimpleNamespace

import pytest

from planner import outlook
from planner.keep import Kept
from planner.outlook import blanked, look_ahead


@pytest.mark.parametrize(
    ("data", "stays", "left"),
    [
        (b"import a\nx = 1\ny = 2\n", b"x = 1\n", b"        \nx = 1\n     \n"),
        (b"import a\r\nx = 1\r\ny = 2", b"x = 1\r\n", b"        \r\nx = 1\r\n     "),
        (b"import a\rx = 1\r", b"x = 1\r", b"        \rx = 1\r"),
        (b"\xef\xbb\xbfimport a\nx = 1\n", b"x = 1\n", b"\xef\xbb\xbf        \nx = 1\n"),
        (b"# coding: latin-1\na = '\xe9'\nx = 1\n", b"x = 1\n", b"# coding: latin-1\n       \nx = 1\n"),
        (b"#!/bin/x\n# vim: coding=utf-8\na = 1\n", b"a = 1\n", b"#!/bin/x\n# vim: coding=utf-8\na = 1\n"),
        (b"a = 1\nb = 2\n# coding: latin-1\n", b"b = 2\n", b"     \nb = 2\n                 \n"),
    ],
)
def test_what_does_not_stay_is_blank(data, stays, left):
    start = data.index(stays)
    found = blanked(data, Kept((), frozenset(), spans=((start, start + len(stays)),)))
    assert found == left
    assert len(found) == len(data)


def test_nothing_stays():
    assert blanked(b"a = 1\n\nb = 2\n", Kept((), frozenset())) == b"     \n\n     \n"


@pytest.mark.parametrize("modules", [("a",), ("a", "b")])
def test_what_never_settles_cannot_stay(monkeypatch, modules):
    kept = [Kept((), frozenset({"x"})), Kept((), frozenset({"y"}))]
    survey = SimpleNamespace(files=(), legacy=SimpleNamespace(modules=dict.fromkeys(modules)))
    turns = iter(range(1000))  # ends what goes on for ever
    monkeypatch.setattr(outlook, "keepable", lambda *_: kept[next(turns) // len(modules) % 2])
    found = look_ahead(survey, frozenset(modules), frozenset())
    assert all(isinstance(stays, str) for stays in found.kept.values())
