"""What commands print as JSON fits the schema that they publish: real output, of empty and of failing states, too."""

import copy
import json
import shutil
import sys

import jsonschema
import pytest

from consolidate import schemas
from consolidate.cli import main
from consolidate.commands import COMMANDS
from planner.planfile_schema import schema as plan_schema
from tests.campaign import world as campaign_world
from tests.cli import projects
from tests.cli.projects import FILES, git
from tests.hostile_sources import world

PYTEST = f"{sys.executable} -m pytest -q -p no:cacheprovider"
ONE_TEST = b"def test_one():\n    pass\n"


def strict(schema):
    """Return a schema that allows no key which it does not name: nothing is printed that is not published."""
    found = copy.deepcopy(schema)
    waiting = [found]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if part.get("type") == "object":
                part.setdefault("additionalProperties", False)
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return found


VALIDATORS = {name: jsonschema.Draft202012Validator(strict(schemas.schema(name))) for name in schemas.names()}


def valid(name: str, out: str) -> dict:
    found = json.loads(out)
    VALIDATORS[name].validate(found)
    return found


@pytest.fixture
def facts(run):
    """Run a command and return its facts, which fit its schema; talk may be on stderr alone."""

    def call(name: str, *words: str, code: int = 0) -> dict:
        result = run(name, *words, *(() if "--format" in words else ("--json",)))
        assert result.code == code, result.err
        return valid(name, result.out)

    return call


@pytest.mark.parametrize("name", schemas.names())
def test_each_schema_is_one_and_its_command_prints_it(name, capfdbinary, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # no repository is needed
    jsonschema.Draft202012Validator.check_schema(schemas.schema(name))
    assert main([name, "--schema"]) == 0
    assert json.loads(capfdbinary.readouterr()[0]) == schemas.schema(name)


def test_every_command_that_prints_json_publishes_what(capfdbinary, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    published = set()
    for name in COMMANDS:
        main([name, "--help"])
        told = capfdbinary.readouterr()[0].decode()
        if "--json" in told or "json|" in told:
            assert "--schema" in told, name
            published.add(name)
    assert published == {*schemas.names(), "plan", "show", "check"}
    assert main(["plan", "--schema"]) == 0
    assert json.loads(capfdbinary.readouterr()[0]) == plan_schema()


def test_a_document_that_lacks_a_key_or_has_another_type_does_not_fit():
    good = {"format_version": "1.0", "check": True, "reverts": []}
    VALIDATORS["revert"].validate(good)
    for bad in ({**good, "reverts": None}, {"reverts": []}, {**good, "format_version": "2.0"}, {**good, "more": 1}):
        with pytest.raises(jsonschema.ValidationError):
            VALIDATORS["revert"].validate(bad)


def test_the_whole_way_of_a_migration(facts, run, project):
    assert facts("status")["phases"][0]["state"] == "pending"
    assert facts("history")["commits"] == []
    assert facts("blame-ignore")["added"] == []
    assert facts("apply", "--all", "-n")["dry_run"]
    head = git(project, "rev-parse", "HEAD")
    applied = facts("apply", "--phase", "1")
    assert [phase["number"] for phase in applied["phases"]] == [1]
    assert applied["phases"][0]["commit"] == git(project, "rev-parse", "HEAD") != head
    assert applied["open"] == [2, 3]
    assert facts("apply", "--phase", "1")["phases"] == []
    assert [phase["number"] for phase in facts("apply", "--all")["phases"]] == [2, 3]
    assert facts("apply", "--all") == {**facts("apply", "--all"), "phases": [], "open": []}
    report = facts("report", "--format", "json")
    assert [phase["state"] for phase in report["phases"]] == ["applied"] * 3
    assert facts("blame-ignore", "--check", code=1)["missing"]
    assert len(facts("blame-ignore")["added"]) == 3
    assert len(facts("history")["commits"]) == 3
    told = facts("revert", "--phase", "3", "--check")
    assert (told["check"], told["reverts"][0]["phases"], told["reverts"][0]["revert"]) == (True, [3], None)
    assert told["reverts"][0]["files"]
    assert facts("revert", "--phase", "3")["reverts"][0]["revert"] == git(project, "rev-parse", "HEAD")
    assert facts("revert", "--phase", "3")["reverts"] == []
    done = facts("revert", "--phase", "1", "--through")
    assert [item["phases"] for item in done["reverts"]] == [[2], [1]]
    assert done["reverts"][-1]["revert"] == git(project, "rev-parse", "HEAD")
    assert {phase["state"] for phase in facts("status")["phases"]} == {"reverted"}
    assert facts("history")["commits"][0]["reverted_by"]
    assert {phase["state"] for phase in facts("report", "--format", "json")["phases"]} == {"reverted"}


def test_a_refusal_is_a_line_of_talk_and_no_json(run, project):
    for words in (("apply", "--phase", "2"), ("revert", "--phase", "9"), ("apply", "--continue")):
        result = run(*words, "--json")
        assert (result.code in (2, 3), result.out) == (True, ""), words
        assert result.err.startswith("error: ")


def test_phases_before_a_refusal_are_told(run, project, monkeypatch):
    from consolidate import workflow
    from consolidate.errors import Refused

    real = workflow.make_step

    def refuse(plan, phase, tree, **more):
        if phase.number == 2:
            raise Refused("no", code="stale")
        return real(plan, phase, tree, **more)

    monkeypatch.setattr(workflow, "make_step", refuse)
    result = run("apply", "--all", "--json")
    assert result.code == 3
    found = valid("apply", result.out)
    assert ([phase["number"] for phase in found["phases"]], found["open"]) == ([1], [2, 3])


def test_a_run_that_was_cut_off(facts, run, project, monkeypatch):
    projects.cut_off(run, project, monkeypatch)
    assert facts("status")["cut_off"] == "apply --phase 1"
    assert facts("apply", "--continue")["outcome"] == "finished"


def test_what_is_known_without_the_plan(facts, run, project):
    run("apply", "--phase", "1")
    shutil.rmtree(project / ".git/consolidate/plans")
    (project / "consolidate.toml").write_bytes(FILES["consolidate.toml"] + b'[engine.exports]\nother = "a.b:c"\n')
    found = facts("status")
    assert found["unknown"]
    assert (found["engines"], found["phases"][2]["files"]) == (None, None)


def test_the_hazards_of_sound_and_of_broken_repositories(facts, run, project):
    assert isinstance(facts("doctor")["findings"], list)
    (project / ".git/MERGE_HEAD").write_text(git(project, "rev-parse", "HEAD") + "\n")
    assert facts("doctor", code=1)["findings"][0]["severity"] == "blocks"


def test_verified_phases_good_and_bad(facts, run, project):
    (project / "tests/test_old.py").write_bytes(ONE_TEST)
    git(project, "commit", "-qam", "A test")
    good = facts("verify", "--phase", "1", "--tests", PYTEST)
    assert good["phases"][0]["good"]
    assert good["phases"][0]["after"]["passed"] == 1
    bad = facts("verify", "--phase", "1", "--tests", 'test "$CONSOLIDATE_VERIFY" = before', "--reruns", "0", code=1)
    assert not bad["phases"][0]["good"]
    assert [case["outcome"] for case in bad["phases"][0]["newly_failing"]] == ["failed"]
    made = facts("apply", "--phase", "1", "--verify", "true")
    assert made["phases"][0]["verified"]["good"]
    run("apply", "--all")
    assert facts("verify", "--tests", "true") == {"format_version": "1.0", "phases": []}
    assert facts("report", "--format", "json")["phases"][0]["verified"] == {"tests": 1, "worse": 0}


def test_decisions_that_are_imported(tmp_path, capfdbinary, monkeypatch):
    monkeypatch.chdir(world.make(tmp_path / "r", {}))
    exported = tmp_path / "decisions.json"
    head = {"format_version": "1.0", "migration": "small"}
    exported.write_text(json.dumps({**head, "decisions": []}))
    assert main(["-q", "review", "--import", str(exported), "--json"]) == 0
    empty = valid("review", capfdbinary.readouterr()[0].decode())
    assert (empty["accepted"], empty["rejected"], empty["left"]) == (0, 0, [])
    assert main(["-q", "review", "--html", str(tmp_path / "p.html")]) == 0
    page = (tmp_path / "p.html").read_text().partition('id="data">')[2].partition("</script>")[0]
    data = json.loads(page)
    id_ = next(edit[0] for edit in data["edits"] if data["paths"][edit[2]] == "app/user.py")
    entry = {"id": id_, "verdict": "rejected", "comment": "\udcff no"}
    exported.write_text(json.dumps({**head, "decisions": [entry]}))
    assert main(["-q", "review", "--import", str(exported), "--json"]) == 0
    found = valid("review", capfdbinary.readouterr()[0].decode())
    assert (found["rejected"], found["commented"], found["left"]) == (1, 1, ["app/user.py"])
    assert main(["review", "--html", str(tmp_path / "p.html"), "--json"]) == 2


def test_what_init_proposes(tmp_path, capfdbinary, monkeypatch):
    body = b"    def run(self, task): ...\n    def stop(self): ...\n    def report(self): ...\n"
    files = {f"app/{name.lower()}.py": b"class %s:\n%s" % (name.encode(), body) for name in ("AEngine", "BEngine")}
    monkeypatch.chdir(world.make(tmp_path / "r", {**files, "app/bad.py": b"class CEngine(:\n"}))
    assert main(["init", "--detect", "Engine", "--json"]) == 0
    found = valid("init", capfdbinary.readouterr()[0].decode())
    assert found["engines"]
    assert [item["path"] for item in found["unread"]] == ["app/bad.py"]
    assert main(["init", "--detect", "Nowhere", "--json"]) == 2
    assert capfdbinary.readouterr()[0] == b""


def test_the_burn_down(tmp_path, capfdbinary, monkeypatch):
    monkeypatch.chdir(world.make(tmp_path / "r", {}))
    assert main(["history", "--plot", str(tmp_path / "b.svg"), "--json"]) == 0
    assert valid("history", capfdbinary.readouterr()[0].decode())["burn_down"]


def test_a_campaign_with_repositories_that_fail(tmp_path):
    file = campaign_world.make(tmp_path, ["one", "bad"], broken="bad")
    code, out, _ = campaign_world.run(file, "report", "--json")
    assert (code, set(valid("campaign", out)["states"])) == (0, {"open"})
    code, out, _ = campaign_world.run(file, "plan", "--json")
    assert (code, valid("campaign", out)["states"]) == (1, {"done": 1, "failed": 1})
    code, out, _ = campaign_world.run(file, "status", "--json")
    assert (code, valid("campaign", out)["states"]["failed"]) == (1, 1)
