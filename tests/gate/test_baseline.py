"""The baseline: written once, committed, and it may only shrink."""

import json
import os
import subprocess
import sys

import jsonschema
import pytest

from consolidate.errors import UsageProblem
from consolidate.gate.baseline import Baseline, dump, load
from tests.cli import projects
from tests.cli.projects import ENGINE, git

NAME = ".consolidate-baseline.json"


@pytest.fixture
def kept(run, project):
    """The project with a baseline of everything that is there, committed."""
    assert run("check", "--create-baseline").code == 0
    commit(project, "baseline")
    return project


def entries(project):
    return {
        (path, name)
        for path, names in json.loads((project / NAME).read_bytes())["references"].items()
        for name in names
    }


def test_the_baseline_is_made_from_what_is_there_and_fits_its_schema(run, kept):
    assert entries(kept) == {(path, ENGINE) for path in ("app/user.py", "app/caf\u00e9 bar.py", "tests/test_old.py")}
    schema = json.loads(run("check", "--schema", "baseline").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    content = json.loads((kept / NAME).read_bytes())
    jsonschema.validate(content, schema, jsonschema.Draft202012Validator)
    for key, value in (("format_version", "2.0"), ("migration", ""), ("references", {"a.py": []}), ("references", [])):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**content, key: value}, schema, jsonschema.Draft202012Validator)


def test_what_the_baseline_has_is_no_finding(run, kept):
    assert run("check", "--no-baseline").code == 1
    result = run("check")
    assert (result.code, result.out) == (0, "")
    assert "8 legacy references are in the baseline" in result.err
    assert run("check", "tests").code == 0


def test_moved_lines_and_more_uses_in_the_same_file_are_excused(run, kept):
    file = kept / "app/user.py"
    file.write_bytes(b"# new line\n\n" + file.read_bytes() + b"\r\nOld()\r\n")
    assert run("check").code == 0


def test_a_new_file_that_refers_to_an_engine_is_a_finding_though_another_went(run, kept):
    (kept / "app/user.py").rename(kept / "app/other.py")
    result = run("check")
    assert result.code == 1
    assert result.out.startswith("app/other.py:1:1: from-import of Old: ")
    assert "3 legacy references in 1 file (5 more are in the baseline)" in result.err
    assert "the baseline can shrink by 1 entry: consolidate check --update-baseline" in result.err


def test_stale_entries_are_told_only_of_what_was_looked_at(run, kept):
    (kept / "app/user.py").write_bytes(b"")
    assert "can shrink by 1" in run("check", "app").err
    assert "can shrink" not in run("check", "tests").err


def test_stale_entries_are_named_when_all_is_wanted(run, kept):
    (kept / "app/user.py").write_bytes(b"")
    assert f"not there any more: app/user.py: {ENGINE}" in run("-v", "check").err
    assert "not there any more" not in run("check").err


def test_files_and_folders_choose_what_is_looked_at(run, project):
    def files(*words):
        return {line.split(":")[0] for line in run("check", *words).out.splitlines()}

    everything = files()
    assert len(everything) == 3
    assert files(".") == everything
    assert files("tests", "app/user.py") == {"tests/test_old.py", "app/user.py"}
    assert files("app/new.py", "notes.txt") == set()
    (project / "app.py").write_bytes(b"")
    assert files("app.py") == set()
    assert files("./app/../tests/test_old.py") == {"tests/test_old.py"}


def test_update_drops_what_went(run, kept):
    before = (kept / NAME).read_bytes()
    assert "still" in run("check", "--update-baseline").err
    assert (kept / NAME).read_bytes() == before
    (kept / "app/user.py").write_bytes(b"")
    result = run("check", "--update-baseline")
    assert (result.code, result.out) == (0, "")
    assert "has 2 entries, 1 fewer; commit it" in result.err
    assert ("app/user.py", ENGINE) not in entries(kept)
    assert len(entries(kept)) == 2
    assert run("check").err == "5 legacy references are in the baseline\n"


def test_update_refuses_to_grow_and_writes_nothing(run, kept):
    before = (kept / NAME).read_bytes()
    (kept / "app/user.py").write_bytes(b"")
    (kept / "app/more.py").write_bytes(b"from app.old import Old\n")
    result = run("check", "--update-baseline")
    assert result.code == 3
    assert result.err == (
        "error: the baseline may only shrink, and lacks app.old:Old in app/more.py:1; app/more.py:1; "
        "use the replacement there (`consolidate check` lists every place), then run it again\n"
    )
    assert (kept / NAME).read_bytes() == before
    assert run("check").code == 1


def commit(project, message):
    git(project, "add", "-A")
    git(project, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", message)


@pytest.mark.parametrize("committed", [False, True])
def test_entries_move_with_their_files(run, kept, committed):
    base = git(kept, "rev-parse", "HEAD")
    (kept / "app/user.py").rename(kept / "tests/moved.py")
    (kept / "tests/moved.py").write_bytes((kept / "tests/moved.py").read_bytes() + b"\n# more\n")
    if committed:
        commit(kept, "move")
    assert run("check").code == 1
    result = run("check", "--update-baseline")
    assert (result.code, "has 3 entries still" in result.err) == (0, True), result
    assert ("tests/moved.py", ENGINE) in entries(kept)
    assert ("app/user.py", ENGINE) not in entries(kept)
    assert run("check", "--since", base).code == 0


def test_a_copy_and_another_file_are_no_moves(run, kept):
    base = git(kept, "rev-parse", "HEAD")
    (kept / "app/copy.py").write_bytes((kept / "app/user.py").read_bytes())
    assert run("check", "--update-baseline").code == 3
    (kept / "app/user.py").unlink()
    (kept / "tests/copy.py").write_bytes((kept / "app/copy.py").read_bytes())
    assert run("check", "--update-baseline").code == 3  # one was moved, the other is a copy
    (kept / "app/copy.py").unlink()
    (kept / "tests/copy.py").unlink()
    (kept / "app/new.py").write_bytes(b"from app.old import Old\r\n\r\nprint(Old())\r\nclass New: pass\r\n")
    assert run("check", "--update-baseline").code == 3  # it was there before
    (kept / "app/new.py").write_bytes(b"class New: pass\n")
    (kept / "app/other.py").write_bytes(b"import os\n\nclass Other: value = os.sep * 5\n\nfrom app.old import Old\n")
    assert run("check", "--update-baseline").code == 3
    by_hand = frozenset(entries(kept) - {("app/user.py", ENGINE)} | {("app/other.py", ENGINE)})
    (kept / NAME).write_bytes(dump(Baseline("small", by_hand)))
    assert run("check").code == 0
    assert run("check", "--since", base).code == 1


def test_odd_paths_in_a_baseline_are_only_stale(run, kept):
    odd = {"x" * 5000, "a\0b", "\ud800", "../up.py", "/etc/passwd", "\x1b[31m"}
    content = json.loads((kept / NAME).read_bytes())
    content["references"] = {path: [ENGINE] for path in odd}
    (kept / NAME).write_text(json.dumps(content))
    result = run("-v", "check")
    assert (result.code, "can shrink by 6 entries" in result.err, "\x1b" in result.err) == (1, True, False)
    assert run("check", "--since", "HEAD").code == 1
    assert run("check", "--update-baseline").code == 3
    assert run("export", "--format", "ruff").code == 0


@pytest.mark.parametrize("name", [NAME, "pyproject.toml"])
def test_nobody_waits_for_a_pipe(kept, run, name):
    (kept / name).unlink(missing_ok=True)
    os.mkfifo(kept / name)
    done = subprocess.run(
        [sys.executable, "-m", "consolidate", "check"], cwd=kept, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == (2 if name == NAME else 0)


def test_a_second_baseline_is_refused_also_when_the_first_was_removed(run, kept):
    result = run("check", "--create-baseline")
    assert (result.code, "--update-baseline shrinks it" in result.err) == (3, True)
    (kept / NAME).unlink()
    result = run("check", "--create-baseline")
    assert (result.code, f"HEAD:{NAME}" in result.err) == (3, True)
    assert not (kept / NAME).exists()
    assert run("check").code == 1


def test_entries_that_the_branch_lacks_excuse_nothing(run, kept):
    (kept / "app/more.py").write_bytes(b"from app.old import Old\n")
    (kept / NAME).write_bytes(dump(Baseline("small", frozenset(entries(kept) | {("app/more.py", ENGINE)}))))
    assert run("check").code == 0
    result = run("check", "--since", "HEAD")
    assert (result.code, result.out.count("\n")) == (1, 2)
    assert result.out.startswith("app/more.py:1:1")
    assert run("check", "--since", "HEAD~1").code == 0  # there was none yet: it is being introduced
    assert run("check", "--since", "nowhere").code == 2


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("--create-baseline", "--update-baseline"), "--update-baseline"),
        (("--no-baseline", "--since", "HEAD"), "--since"),
        (("--update-baseline", "app"), "app"),
        (("--update-baseline",), NAME),
    ],
)
def test_options_that_make_no_sense_are_refused(run, project, words, where):
    result = run("check", *words)
    assert result.code == 2
    assert f"; {where}; " in result.err
    assert not (project / NAME).exists()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"{", "no JSON"),
        (b"[]", "no format_version"),
        (b'{"format_version": "2.0"}', "format 2.0"),
        (b'{"format_version": "1.0", "migration": "other"}', "migration other, not of small"),
        (b'{"format_version": "1.0", "migration": "small"}', "no references"),
        (b'{"format_version": "1.0", "migration": "small", "references": {"a.py": "x"}}', "no list of strings"),
        (b"[" * 100_000, "no JSON"),
    ],
)
def test_a_file_that_is_no_baseline_is_an_error(run, project, data, what):
    (project / NAME).write_bytes(data)
    result = run("check")
    assert (result.code, result.out) == (2, "")
    assert what in result.err
    assert NAME in result.err


def test_the_file_is_the_same_for_the_same_entries_and_gives_them_back():
    found = frozenset({("b.py", "m:B"), ("a\udcff.py", "m:B"), ("b.py", "m:A")})
    data = dump(Baseline("small", found))
    assert load(data, "x", "small").entries == found
    assert data == dump(Baseline("small", frozenset(sorted(found))))
    lines = data.decode().splitlines()
    assert [line.strip() for line in lines if "m:" in line] == ['"m:B"', '"m:A",', '"m:B"']
    assert lines[-1] == "}"
    newer = data.replace(b'"1.0"', b'"1.7"').replace(b"{\n", b'{\n "unknown": 1,\n', 1)
    assert load(newer, "x", "small").entries == found
    with pytest.raises(UsageProblem):
        load(data, "x", "large")


def test_a_rule_that_is_ignored_leaves_the_baseline_as_it_is(run, kept):
    (kept / "app/more.py").write_bytes(b"from app.old import Old\n")
    (kept / "consolidate.toml").write_bytes(
        projects.FILES["consolidate.toml"] + b'\n[check]\nignore = ["legacy-reference"]\n'
    )
    assert (run("check").code, run("check").err) == (0, "")
    assert run("check", "--update-baseline").code == 3
    assert len(entries(kept)) == 3


def test_the_configuration_names_the_file(run, project):
    config = project / "consolidate.toml"
    config.write_bytes(projects.FILES["consolidate.toml"] + b'\n[check]\nbaseline = "ci/./old.json"\n')
    assert run("check", "--create-baseline").code == 0
    assert (project / "ci/old.json").is_file()
    assert run("check").code == 0
    config.write_bytes(projects.FILES["consolidate.toml"] + b'\n[check]\nbaseline = "../old.json"\n')
    result = run("check")
    assert (result.code, "check.baseline" in result.err) == (2, True)
