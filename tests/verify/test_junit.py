import os
import time
from pathlib import Path

import pytest

from consolidate.verifying.junit import LARGEST, Outcome, ReportError, merge, parse, read_reports


def _one(inner: str, **attributes: str) -> object:
    named = " ".join(f'{key}="{value}"' for key, value in (attributes or {"classname": "a", "name": "t"}).items())
    (case,) = parse(f"<testsuite><testcase {named}>{inner}</testcase></testsuite>".encode(), Path("/r"))
    return case


@pytest.mark.parametrize(
    ("inner", "outcome", "message"),
    [
        ("", Outcome.PASSED, ""),
        ("<system-out>failure</system-out>", Outcome.PASSED, ""),
        ('<skipped message="later"/>', Outcome.SKIPPED, "later"),
        (
            '<failure message="AssertionError: boom&#10; +  where 1 = f()">E  x</failure>',
            Outcome.FAILED,
            "AssertionError: boom",
        ),
        ('<error message="collection failure">a\nE   ImportError: no b\n</error>', Outcome.ERROR, "ImportError: no b"),
        (
            '<error message="failed on setup with &quot;KeyError&quot;">E   KeyError: 1\nx.py:2</error>',
            Outcome.ERROR,
            "failed on setup: KeyError: 1",
        ),
        (
            '<error message="Traceback (most recent call last):&#10; x&#10;ValueError: y"/>',
            Outcome.ERROR,
            "ValueError: y",
        ),
        ("<failure>one\nlast line\n\n</failure>", Outcome.FAILED, "last line"),
        ('<failure message="first"/><error message="second"/>', Outcome.ERROR, "second"),
        ('<error message="first"/><failure message="second"/>', Outcome.ERROR, "first"),
        ('<properties><failure message="not a result"/></properties>', Outcome.PASSED, ""),
    ],
)
def test_a_case_has_the_outcome_and_the_line_that_says_why(inner, outcome, message):
    case = _one(inner)
    assert (case.outcome, case.message) == (outcome, message)


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        (
            {"classname": "tests.test_x.TestA", "name": "b[1]", "file": "tests/test_x.py"},
            "tests/test_x.py::TestA::b[1]",
        ),
        ({"classname": "tests.test_x", "name": "b", "file": "/r/tests/test_x.py"}, "tests/test_x.py::b"),
        ({"classname": "com.x.Test", "name": "b"}, "com.x.Test::b"),
        ({"classname": "", "name": "tests.test_x"}, "tests.test_x"),
    ],
)
def test_names(attributes, name):
    case = _one("", **attributes)
    assert case.name == name
    assert case.collected == ("::" in name)


def test_of_a_test_that_is_reported_twice_the_worse_outcome_stays():
    found = {}
    merge(
        found, parse(b'<a><testcase classname="c" name="t"/><testcase classname="c" name="t"><error/></testcase></a>')
    )
    merge(found, parse(b'<a><testcase classname="c" name="t"><skipped/></testcase></a>'))
    assert found["c::t"].outcome is Outcome.ERROR


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    return f'<!DOCTYPE x [{entities}]><x><testcase name="&l11;"/></x>'.encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_laughs(), "entities"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "entities"),
        (b"<a>" * 300 + b"</a>" * 300, "deep"),
        (b"<a>" * 3_000_000, "deep"),
        (b"<a><testcase", "not XML"),
        (b"", "not XML"),
        (b"\xff\xfe\0\0", "not XML"),
    ],
)
def test_hostile_xml_is_refused_at_once(data, why):
    start = time.monotonic()
    with pytest.raises(ReportError, match=why):
        parse(data)
    assert time.monotonic() - start < 2


def test_a_long_token_takes_no_long_time():
    start = time.monotonic()
    (case,) = parse(b'<a><testcase name="t"><failure message="' + b"x" * 20_000_000 + b'"/></testcase></a>')
    assert len(case.message) == 300
    assert time.monotonic() - start < 5


def test_a_huge_file_a_pipe_and_a_folder_are_refused_unread(tmp_path):
    huge, pipe = tmp_path / "huge.xml", tmp_path / "pipe.xml"
    with huge.open("wb") as file:
        file.truncate(LARGEST + 1)
    os.mkfifo(pipe)
    for file, why in (
        (huge, "larger"),
        (pipe, "not a file"),
        (tmp_path, "not a file|directory"),
        (tmp_path / "no", "No such"),
    ):
        with pytest.raises(ReportError, match=why):
            read_reports([file], tmp_path)
