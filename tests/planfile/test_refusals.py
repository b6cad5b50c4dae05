"""What a plan file must not say: each refusal with its words and its place, and what is just allowed."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace

from planner.model import Edit, Phase, Plan, Skipped
from planner.planfile import PlanFileError, dump, load, seal
from planner.planfile_rules import check_path, check_plan
from planner.planfile_shape import PlanFileError as Same
from planner.planfile_shape import shape_of
from tests.planfile.plans import FILE, PLAN, with_file
from tests.planfile.test_planfile import refusal, resealed, table

AGAIN = "make it again with `consolidate plan -o FILE`"
LONG = "x" * 100
ODD = "\udcc3\udca9"


def place(content: Any, path: str) -> tuple[Any, Any]:
    """Return what holds a place such as `phases.0.title`, and its last key."""
    *front, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in front:
        content = content[part]
    return content, last


WRONG = [
    ("target", 3, "target", "expected a symbol, found a number"),
    ("target", LONG + " y", "target", f"{'x' * 80!r} is no symbol"),
    ("target", "a:b:c", "target", "'a:b:c' is no symbol"),
    ("target", "a.b:", "target", "'a.b:' is no symbol"),
    ("target", ":b", "target", "':b' is no symbol"),
    ("target", "a..b", "target", "'a..b' is no symbol"),
    ("target", "a:b.", "target", "'a:b.' is no symbol"),
    ("target", "a b:c", "target", "'a b:c' is no symbol"),
    ("target", "a:b c", "target", "'a:b c' is no symbol"),
    ("migration", None, "migration", "expected a string, found null"),
    ("migration", "\ud800", "migration", "a surrogate that stands for no byte"),
    ("notes", {}, "notes", "expected a list, found an object"),
    ("notes", [1], "notes[0]", "expected a string, found a number"),
    ("notes", ["a", []], "notes[1]", "expected a string, found a list"),
    ("phases.0.files.0.created", 1, "phases[0].files[0].created", "expected true or false, found a number"),
    ("phases.0.files.0.renames.0", ["a"], "phases[0].files[0].renames[0]", "expected a list of 2, found a list"),
    ("phases.0.files.0.renames.0", "ab", "phases[0].files[0].renames[0]", "expected a list of 2, found a string"),
    ("phases.0.files.0.renames.0.1", True, "phases[0].files[0].renames[0][1]", "expected a string, found a flag"),
    ("references.0.action", "gone", "references[0].action", "'gone' is none of rewritten, manual, left"),
    ("references.0.action", LONG, "references[0].action", f"{'x' * 40!r} is none of rewritten, manual, left"),
    ("references.0.action", 1, "references[0].action", "expected a string, found a number"),
    ("references.0.phase", "1", "references[0].phase", "expected a whole number, found a string"),
    ("references.0.line", 1.5, "references[0].line", "expected a whole number, found a number"),
    ("references.0.line", False, "references[0].line", "expected a whole number, found a flag"),
    ("references.0.line", -1, "references[0].line", "expected a whole number, found a number"),
    ("references.0.line", 2**53, "references[0].line", "expected a whole number, found a number"),
    ("references.0", 1, "references[0]", "expected an object, found a number"),
    ("engines.0.references", [], "engines[0].references", "expected an object, found a list"),
    ("engines.0.references", {"left": "1"}, "engines[0].references.left", "expected a whole number, found a string"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "where", "what"), WRONG)
def test_what_has_a_wrong_type_is_told_with_its_place(path: str, value: object, where: str, what: str) -> None:
    content = table()
    held, last = place(content, path)
    held[last] = value
    error = refusal(resealed(content))
    assert (error.where, error.what) == (where, what)


@pytest.mark.parametrize(
    ("path", "where"), [("migration", "migration"), ("phases.0.title", "phases[0].title"), ("tool", "tool")]
)
def test_a_missing_key_is_told(path: str, where: str) -> None:
    content = table()
    held, last = place(content, path)
    del held[last]
    error = refusal(resealed(content))
    assert (error.where, error.what) == (where, f"the key {last!r} is missing")


ALLOWED = [
    ("references.0.line", 2**53 - 1),
    ("references.0.line", 0),
    ("references.0.phase", None),
    ("target", "é.b:C.d"),
    ("target", "a"),
    ("engines.0.references", {}),
    ("notes", []),
    ("notes", ["\udcff"]),
]


@pytest.mark.parametrize(("path", "value"), ALLOWED)
def test_what_is_just_allowed_comes_back(path: str, value: object) -> None:
    content = table()
    held, last = place(content, path)
    held[last] = value
    again = json.loads(dump(load(resealed(content))))
    held, last = place(again, path)
    assert held[last] == value


def test_counts_come_back_sorted() -> None:
    content = table()
    content["engines"][0]["references"] = {"rewritten": 1, "left": 2}
    assert load(resealed(content)).engines[0].references == (("left", 2), ("rewritten", 1))


def test_an_optional_key_is_written_where_it_says_something() -> None:
    assert "unproved" not in table()["phases"][0]["files"][0]
    plan = with_file(replace(FILE, unproved=("a.b:C",)))
    plan = replace(plan, phases=(replace(plan.phases[0], codemods=("a.b:C",)),))
    assert table(seal(plan, "x"))["phases"][0]["files"][0]["unproved"] == ["a.b:C"]


HEADS = [
    (b'{"a": 1, "a": 2}', "the key 'a' stands twice in one object"),
    (b'{"b": 1, "a": {"c": 1, "d": 1, "d": 1, "c": 2}}', "the key 'c' stands twice in one object"),
    (b'{"%s": 1, "%s": 2}' % (LONG.encode(), LONG.encode()), f"the key {'x' * 40!r} stands twice in one object"),
    (b'{"a": Infinity}', "Infinity is no JSON number"),
    (b'{"a": -Infinity}', "-Infinity is no JSON number"),
    (b"3", "the file holds no JSON object"),
    (b"\xff", "the file is not UTF-8"),
    (b"[" * 100_000, "the file is nested too deeply"),
]


@pytest.mark.parametrize(("data", "what"), HEADS)
def test_what_is_no_plan_is_told(data: bytes, what: str) -> None:
    error = refusal(data)
    assert (error.what, error.where, error.hint) == (what, "", AGAIN)


def test_versions_are_told() -> None:
    error = refusal(resealed({**table(), "format_version": LONG}))
    assert error.what == f"format version {'x' * 20!r} is not 1.0"
    assert error.hint == "use the version of consolidate that wrote the file"
    assert load(resealed({**table(), "format_version": "1"})).migration == PLAN.migration
    content = table()
    content["digest"] = "0" * 64
    error = refusal(json.dumps(content).encode())
    assert (error.what, error.where, error.hint) == ("the digest does not fit: the file was changed", "digest", AGAIN)


def told(plan: Plan) -> tuple[str, str]:
    with pytest.raises(PlanFileError) as caught:
        check_plan(plan)
    assert not caught.value.hint
    return caught.value.where, caught.value.what


def phase(**keys: Any) -> Plan:
    return replace(PLAN, phases=(replace(PLAN.phases[0], **keys),))


def one(**keys: Any) -> Plan:
    return with_file(replace(FILE, **keys))


FIRST = "phases[0].files[0]"
CONTRADICTIONS = [
    (replace(PLAN, commit="1" * 39), "commit", "no commit id"),
    (replace(PLAN, commit="1" * 41), "commit", "no commit id"),
    (replace(PLAN, commit="G" * 40), "commit", "no commit id"),
    (replace(PLAN, migration=""), "migration", "no name of a migration"),
    (replace(PLAN, migration="a b"), "migration", "no name of a migration"),
    (replace(PLAN, migration="a\n"), "migration", "no name of a migration"),
    (replace(PLAN, skipped=(Skipped("a", ""), Skipped("/b", ""))), "skipped[1].path",
     "'/b' is no path inside the repository"),
    (replace(PLAN, references=(*PLAN.references, replace(PLAN.references[0], phase=2))), "references[3].phase",
     "there is no phase 2"),
    (replace(PLAN, references=(replace(PLAN.references[0], phase=0),)), "references[0].phase", "there is no phase 0"),
    (replace(PLAN, references=(PLAN.references[0], replace(PLAN.references[0], path="a/./b"))), "references[1].path",
     "'a/./b' has a part '.'"),
    (phase(number=0), "phases[0].number", "phase 0 stands at place 1"),
    (replace(PLAN, phases=(*PLAN.phases, replace(PLAN.phases[0], number=3))), "phases[1].number",
     "phase 3 stands at place 2"),
    (phase(title=" "), "phases[0].title", "the title has no printable text"),
    (phase(title="a\tb"), "phases[0].title", "the title has no printable text"),
    (phase(files=(FILE, replace(FILE, path="a.py"), FILE)), "phases[0].files",
     "'app/user.py' stands twice in the phase"),
    (phase(files=(replace(FILE, path=LONG),) * 2), "phases[0].files", f"{'x' * 80!r} stands twice in the phase"),
    (one(unproved=("a.b:C",)), f"{FIRST}.unproved", "no codemod of the phase"),
    (one(path="/" + LONG), f"{FIRST}.path", f"{('/' + LONG)[:80]!r} is no path inside the repository"),
    (one(path=ODD + LONG), f"{FIRST}.path",
     f"{(ODD + LONG)[:80]!r} is not the usual spelling of its bytes"),
    (one(path=f"{LONG}/../b"), f"{FIRST}.path", f"{'x' * 80!r} has a part '..'"),
    (one(path=f"{LONG}/.git/b"), f"{FIRST}.path", f"{'x' * 80!r} reaches into .git"),
    (one(path=f"{LONG}/nul", created=True, blob=""), f"{FIRST}.path",
     f"{'x' * 80!r} has the name of a device of Windows"),
    (one(blob=""), f"{FIRST}.blob", "the object id is missing"),
    (one(result=""), f"{FIRST}.result", "the object id is missing"),
    (one(created=True), f"{FIRST}.blob", "no object id"),
    (one(deleted=True), f"{FIRST}.result", "no object id"),
    (one(blob="a" * 63), f"{FIRST}.blob", "no object id"),
    (one(result="a" * 65), f"{FIRST}.result", "no object id"),
    (one(edits=(Edit(0, 3, "abc", "", "c"), Edit(2, 3, "c", "", "c"))), f"{FIRST}.edits[1].start",
     "the edits overlap or are not sorted"),
    (one(edits=(Edit(0, 3, "abc", "", "c"), Edit(3, 4, "é", "", "c"))), f"{FIRST}.edits[1].end",
     "the span is not as long as the text in it"),
    (one(edits=(Edit(3, 0, "", "", "c"),)), f"{FIRST}.edits[0].end", "the span is not as long as the text in it"),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "where", "what"), CONTRADICTIONS)
def test_what_contradicts_itself_is_told_with_its_place(plan: Plan, where: str, what: str) -> None:
    assert told(plan) == (where, what)


FITS = [
    one(edits=(Edit(0, 3, "abc", "", "c"), Edit(3, 5, "é", "", "c"))),
    one(edits=(Edit(0, 0, "", "a", "c"), Edit(0, 0, "", "b", "c"))),
    one(edits=()),
    one(created=True, blob=""),
    one(deleted=True, result=""),
    one(blob="a" * 64),
    one(path="nul"),
    one(path="app/null.py", created=True, blob=""),
    phase(files=()),
    phase(title="a b"),
    replace(PLAN, commit="a" * 64),
    replace(PLAN, phases=(*PLAN.phases, Phase(2, "t", ("c",), (FILE,)))),
    replace(PLAN, references=(replace(PLAN.references[0], phase=None),)),
]


@pytest.mark.parametrize("plan", FITS)
def test_what_fits_is_not_refused(plan: Plan) -> None:
    check_plan(plan)


DEVICES = ["aux", "CON", "nul.txt", "prn .x", "com1", "lpt9.py", "com\u00b2", "conin$", "a/nul:x", "a\\con/b"]


@pytest.mark.parametrize("path", DEVICES)
def test_a_device_of_windows_is_not_created(path: str) -> None:
    assert told(one(path=path, created=True, blob=""))[0] == f"{FIRST}.path"
    check_plan(one(path=path))


@pytest.mark.parametrize("path", ["auxx", "com", "com10", "lpt", "xnul", "nul_", "connin$"])
def test_what_is_named_like_a_device_is_created(path: str) -> None:
    check_plan(one(path=path, created=True, blob=""))


@pytest.mark.parametrize(
    "path", [".git", "a/.git", ".gIt ", ".git.", ".git..x/..", "git~1", ".git:x", "a\\.git", ".g\u200cit", "GIT~1."]
)
def test_git_is_seen_in_any_spelling(path: str) -> None:
    with pytest.raises(Same):
        check_path(path, "")


@pytest.mark.parametrize("path", ["git", ".gitx", "x.git", "git~2", ".gi", "a/b.git/c", " .git"])
def test_what_is_not_git_is_allowed(path: str) -> None:
    check_path(path, "")


@dataclass(frozen=True)
class Unknown:
    value: float


@pytest.mark.parametrize("hint", [float, list[str], str | int, str | int | None, Unknown])
def test_a_type_without_a_form_is_refused(hint: Any) -> None:
    with pytest.raises(TypeError, match="no JSON form for"):
        shape_of(hint)


def test_a_sealed_plan_names_its_tool_and_every_change_of_it_changes_the_digest() -> None:
    sealed = seal(PLAN, "consolidate 9")
    assert sealed.tool == "consolidate 9"
    assert seal(sealed, "consolidate 9") == sealed
    others = [seal(PLAN, "consolidate 8"), seal(replace(PLAN, notes=("other",)), "consolidate 9")]
    assert len({item.digest for item in (sealed, *others)}) == 3
    lines = dump(sealed).decode().splitlines()
    assert lines[0] == "{"
    assert lines[-1] == "}"
    assert '"notes": [' in lines
    assert ' "a note"' in lines
    assert lines.count("{") == 2  # the plan and its only phase
    assert sum(line.startswith(' {"action"') for line in lines) == len(PLAN.references)
