"""What reviewers decide is kept, and honoured by every command that plans: real repositories, real processes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from consolidate.errors import UsageProblem
from consolidate.review import decisions
from consolidate.review.decisions import ACCEPTED, REJECTED, UNDECIDED, Decision, Said
from planner.held import DECISIONS, Held
from tests.hostile_sources import world
from tests.review.test_page import read

GIVER = b"from app.old import Old\n\n__all__ = ['Old']\n"
TAKER = b"from app.giver import Old\n\nprint(Old().run)\n"
NEW = b"class New:\n    run = 'ran'\n"
OLD = b"class Old:\n    run = 'ran'\n"
FILES = {
    "app/old.py": OLD,
    "app/new.py": NEW,
    "app/giver.py": GIVER,
    "app/taker.py": TAKER,
    "app/two.py": b"from app.old import Old\r\n\r\n\r\ndef two():\r\n    return Old\r\n",
    "notes.md": b"Use `app.old.Old`.\n",
    "old2.py": b"from app.old import Old\nprint 'two', Old\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return world.make(tmp_path / "repository", FILES)


def edits(folder: Path) -> dict[str, list[str]]:
    """Return the ids of the page's edits by path."""
    assert world.run(folder, "review", "--html", "../page.html").code == 0
    data = json.loads(read((folder.parent / "page.html").read_text("utf-8")).raw["script"][0])
    found: dict[str, list[str]] = {}
    for edit in data["edits"]:
        found.setdefault(data["paths"][edit[2]], []).append(edit[0])
    return found


def decide(folder: Path, verdicts: dict[str, str], comment: str = "") -> world.Ran:
    entries = [{"id": id_, "verdict": verdict, "comment": comment} for id_, verdict in verdicts.items()]
    text = json.dumps({"format_version": "1.0", "migration": "small", "decisions": entries})
    (folder.parent / "exported.json").write_text(text)
    return world.run(folder, "review", "--import", "../exported.json")


def plan(folder: Path) -> dict:
    done = world.run(folder, "plan", "--json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def runs(folder: Path, module: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("path", [path for path in FILES if path != "app/new.py"])
def test_a_rejected_edit_is_not_in_any_commit_and_is_listed(repository, path):
    before = (repository / path).read_bytes()
    assert decide(repository, {edits(repository)[path][0]: REJECTED}, "not\nnow").code == 0
    made = plan(repository)
    assert any("rejected in review: not now" in note and note.startswith(path) for note in made["notes"])
    assert all(file["path"] != path for phase in made["phases"] for file in phase["files"])
    mine = [item for item in made["references"] if item["path"] == path]
    assert {item["action"] for item in mine} <= {"left", "manual"}
    if path != "app/old.py":
        assert "rejected in review: not now" in {item["reason"] for item in mine}
    done = world.run(repository, "apply", "--all")
    assert done.code == 0, done.err
    assert (repository / path).read_bytes() == before
    assert path not in world.git(repository, "log", "--format=", "--name-only", "--grep=Consolidate-Phase").split("\n")
    assert runs(repository, "app.taker") == "ran\n"
    runs(repository, "app.two")


def test_what_was_not_rejected_is_done(repository):
    assert decide(repository, {edits(repository)["app/two.py"][0]: REJECTED}).code == 0
    assert world.run(repository, "apply", "--all").code == 0
    assert b"app.new import New" in (repository / "app/user.py").read_bytes()
    assert b"New" in (repository / "app/taker.py").read_bytes()
    assert (repository / "app/old.py").exists(), "the shim is needed by what was rejected"


def test_it_survives_a_new_plan_of_the_same_commit_and_only_that_changes_it(repository):
    bare = world.run(repository, "plan", "--json").out
    id_ = edits(repository)["app/two.py"][0]
    decide(repository, {id_: REJECTED}, "no")
    first = world.run(repository, "plan", "--json").out
    assert first != bare
    assert world.run(repository, "--no-cache", "plan", "--json").out == first
    assert edits(repository)["app/two.py"][0] == id_, "the page shows what is proposed, with what was decided"
    decide(repository, {id_: ACCEPTED})
    assert world.run(repository, "plan", "--json").out == bare
    decide(repository, {id_: UNDECIDED})
    assert not (repository / DECISIONS).exists()
    assert world.run(repository, "--no-cache", "plan", "--json").out == bare


def test_the_same_decisions_give_the_same_plan_in_another_clone(repository, tmp_path):
    decide(repository, {edits(repository)["app/two.py"][0]: REJECTED})
    world.git(repository, "add", DECISIONS)
    world.git(repository, "commit", "-q", "-m", "Decide")
    subprocess.run(["git", "clone", "-q", str(repository), str(tmp_path / "clone")], check=True)
    assert plan(tmp_path / "clone") == plan(repository)


def test_a_rejection_between_two_phases_is_honoured(repository):
    found = edits(repository)
    assert world.run(repository, "apply", "--phase", "1").code == 0
    before = (repository / "app/two.py").read_bytes()
    decide(repository, {found["app/two.py"][0]: REJECTED})
    done = world.run(repository, "apply", "--all")
    assert done.code == 0, done.err
    assert (repository / "app/two.py").read_bytes() == before
    assert b"New" in (repository / "app/user.py").read_bytes()
    assert world.run(repository, "apply", "--all").code == 0


def test_a_plan_file_that_makes_a_rejected_edit_is_refused(repository):
    assert world.run(repository, "plan", "-o", "../plan.json").code == 0
    decide(repository, {edits(repository)["app/two.py"][0]: REJECTED})
    done = world.run(repository, "apply", "--all", "../plan.json")
    assert done.code == 3
    assert done.err.startswith("error: the plan makes an edit that was rejected in review; app/two.py; plan again")
    assert world.git(repository, "log", "--format=%s").splitlines() == ["Start"]


def test_rejecting_the_deletion_of_a_shim_keeps_the_shim(tmp_path):
    folder = world.make(tmp_path / "repository", {})
    found = edits(folder)["app/old.py"]
    assert len(found) > 1
    decide(folder, {found[-1]: REJECTED})
    assert world.run(folder, "apply", "--all").code == 0
    assert b"ConsolidateDeprecationWarning" in (folder / "app/old.py").read_bytes()
    assert b"New" in (folder / "app/user.py").read_bytes()


def test_an_accepted_edit_changes_no_plan(repository):
    bare = world.run(repository, "plan", "--json").out
    decide(repository, {ids[0]: ACCEPTED for ids in edits(repository).values()}, "fine")
    assert world.run(repository, "plan", "--json").out == bare


def test_the_decisions_are_on_the_next_page(repository):
    id_ = edits(repository)["app/two.py"][0]
    decide(repository, {id_: REJECTED}, "</script>")
    assert world.run(repository, "review", "--html", "../page.html").code == 0
    page = read((repository.parent / "page.html").read_text("utf-8"))
    assert json.loads(page.raw["script"][0])["decisions"] == {id_: [REJECTED, "</script>"]}


def test_a_rejection_of_what_is_not_known_is_refused_whole(repository):
    id_ = edits(repository)["app/two.py"][0]
    done = decide(repository, {id_: REJECTED, "e0000000000000000": REJECTED})
    assert done.code == 2
    assert "decisions[1]" in done.err
    assert not (repository / DECISIONS).exists()
    assert decide(repository, {id_: REJECTED, "e0000000000000000": ACCEPTED}).code == 0


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "no JSON"),
        ("[]", "no format_version"),
        ('{"format_version": "2.0"}', "format 2.0"),
        ('{"format_version": "1.0", "migration": "other"}', "the migration other"),
        ('{"format_version": "1.0", "migration": "small"}', "no list"),
        ('{"format_version": "1.0", "migration": "small", "decisions": [1]}', "no object"),
        ('{"format_version": "1.0", "migration": "small", "decisions": [{"id": 1}]}', "no id"),
        ('{"format_version": "1.0", "migration": "small", "decisions": [{"id": "a", "verdict": 1}]}', "no verdict"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_what_is_no_decisions_is_refused(repository, text, what):
    (repository / "in.json").write_text(text)
    done = world.run(repository, "review", "--import", "in.json")
    assert done.code == 2
    assert what in done.err
    (repository / DECISIONS).write_text(text)
    assert world.run(repository, "plan").code == 2


def test_what_is_written_is_what_is_read(tmp_path):
    kept = {
        id_: Decision(id_, f"a\udcff{number}.py", number, "c", verdict, 'say \u2028 "it"')
        for number, (id_, verdict) in enumerate([("e1", ACCEPTED), ("e2", REJECTED), ("e3", UNDECIDED)])
    }
    decisions.write(tmp_path, "small", kept)
    assert decisions.read(tmp_path, "small") == kept
    before = (tmp_path / DECISIONS).read_bytes()
    decisions.write(tmp_path, "small", dict(reversed(kept.items())))
    assert (tmp_path / DECISIONS).read_bytes() == before
    with pytest.raises(UsageProblem):
        decisions.read(tmp_path, "other")


def test_of_several_rejections_of_a_file_the_first_comment_is_the_reason():
    found = decisions.held(
        [
            Decision("e1", "a.py", 1, "c", REJECTED),
            Decision("e3", "a.py", 9, "c", REJECTED, "later"),
            Decision("e2", "a.py", 3, "c", REJECTED, " why \x1b[31m\n so "),
            Decision("e4", "a.py", 0, "remove-shim", REJECTED, "x" * 999),
            Decision("e5", "b.py", 1, "c", ACCEPTED, "good"),
        ]
    )
    assert found[0] == Held("a.py", "rejected in review: why [31m so")
    assert found[1].removal
    assert len(found[1].reason) < 250
    assert len(found) == 2


def test_withdrawing_what_the_plan_no_longer_has():
    old = {"e1": Decision("e1", "a.py", 1, "c", REJECTED)}
    assert decisions.merged(old, [Said("e1", UNDECIDED, "", "")], [])["e1"].verdict == UNDECIDED
    assert decisions.merged(old, [], []) == old
