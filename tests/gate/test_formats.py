"""What the gate prints for programs: SARIF, annotations of GitHub Actions, JSON."""

import json
import re
import urllib.parse
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace

from consolidate.gate import annotations, sarif
from consolidate.gate.finding import Finding
from consolidate.gate.places import Places
from consolidate.gate.rules import RULES
from consolidate.render.look import Look
from planner.check_settings import RULES as KNOWN
from tests.gate.projects import consolidate, make, printed

SARIF = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0-rtm.5.json").read_text())
VALIDATOR = jsonschema.Draft4Validator(SARIF, format_checker=jsonschema.FormatChecker())
ODD = "app/caf\u00e9, 100%:1.py"
FINDING = Finding("legacy-reference", "app/user.py", 3, 0, "app.old:Old", "name", "Old", "name of Old", "use New")
FILES = {
    "app/__init__.py": "\ufeffimport app.old\n",
    "app/face.py": "from app.old import Old\r\nx = '\U0001f600\u00e9', Old()\r\n".encode(),
    "app/latin.py": "# coding: latin-1\nfrom app.old import Old\ny = '\u00e9', Old\n".encode("latin-1"),
    ODD: "from app.old import Old\nOld\nOld\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make(tmp_path_factory.mktemp("formats"), FILES)


@pytest.fixture(scope="module")
def log(project):
    return printed(project, "check", "--format", "sarif", code=1)


def results(log, path):
    [run] = log["runs"]
    uri = urllib.parse.quote(path)
    return [
        item
        for item in run["results"]
        if item["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    ]


def regions(log, path):
    return [tuple(item["locations"][0]["physicalLocation"]["region"].values()) for item in results(log, path)]


def test_sarif_fits_the_official_schema(log):
    VALIDATOR.validate(log)
    broken = json.loads(json.dumps(log))
    broken["runs"][0]["columnKind"] = "bytes"
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(broken)


def test_the_rules_are_within_githubs_limits_and_have_help(log):
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES) == list(KNOWN)
    for rule in rules:
        assert len(rule["name"]) <= 255
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 10
    for item in log["runs"][0]["results"]:
        assert rules[item["ruleIndex"]]["id"] == item["ruleId"]


def test_columns_are_utf16_code_units_whatever_the_encoding(project, log):
    # endColumn, endLine, startColumn, startLine: keys are sorted
    assert regions(log, "app/face.py")[-1] == (15, 2, 12, 2)
    assert regions(log, "app/latin.py")[-1] == (13, 3, 10, 3)
    assert regions(log, "app/__init__.py") == [(15, 1, 8, 1)]
    shown = consolidate(project, "check", "app/face.py", "app/__init__.py", code=1).stdout
    assert "app/face.py:2:11: call of Old: Old" in shown
    assert "app/__init__.py:1:8: module-import of Old" in shown


def test_places_are_relative_and_percent_encoded_and_no_path_is_absolute(project, log):
    assert len(results(log, ODD)) == 3
    assert str(project) not in json.dumps(log)
    assert "caf%C3%A9%2C%20100%25%3A1.py" in json.dumps(log)


def test_fingerprints_are_unique_and_do_not_change_with_the_line(tmp_path, log):
    def prints(log):
        return [item["partialFingerprints"]["primaryLocationLineHash"] for item in log["runs"][0]["results"]]

    assert len(set(prints(log))) == len(prints(log))
    project = make(tmp_path, {**FILES, ODD: "# one\n# more\n\n" + FILES[ODD]})
    moved = printed(project, "check", "--format", "sarif", code=1)
    assert prints(moved) == prints(log)
    assert regions(moved, ODD) != regions(log, ODD)
    other = Counter()
    assert sarif.fingerprint(FINDING, other) != sarif.fingerprint(replace(FINDING, path="app/b.py"), other)
    assert sarif.fingerprint(FINDING, other).endswith(":2")


def test_more_results_than_github_takes_are_told_and_errors_come_first(tmp_path):
    many = [replace(FINDING, line=line) for line in range(1, sarif.MOST_RESULTS + 2)]
    unused = replace(FINDING, rule="shim-unused", path="app/a.py")
    log = sarif.document([unused, *many], Places(tmp_path), "small", "1")
    [run] = log["runs"]
    assert len(run["results"]) == 25_000
    assert run["results"][0]["ruleId"] == "legacy-reference"
    [note] = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("2 more results are left out")
    VALIDATOR.validate({**log, "runs": [{**run, "results": run["results"][:3]}]})


def test_a_message_has_no_placeholder_no_link_and_no_control_character(tmp_path):
    odd = replace(FINDING, text="f'{Old}[0](1)\x1b'", todo="x" * 5000)
    [item] = sarif.document([odd], Places(tmp_path), "small", "1")["runs"][0]["results"]
    text = item["message"]["text"]
    assert text.startswith("name of Old: f'{{Old}}[0] (1)\\x1b'; xxx")
    assert len(text) < 1100


def test_a_clean_repository_has_a_valid_log_without_results(tmp_path):
    project = make(tmp_path, {"app/user.py": ""})
    log = printed(project, "check", "--format", "sarif")
    VALIDATOR.validate(log)
    assert log["runs"][0]["results"] == []


def read(line):
    """Return level, properties and message of a workflow command, as the runner reads it."""
    level, told, message = re.fullmatch(r"::(\w+) ([^:]*(?::(?!:)[^:]*)*)::(.*)", line).groups()
    properties = dict(item.split("=", 1) for item in told.split(","))

    def plain(text):
        for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            text = text.replace(code, char)
        return text

    return level, {name: plain(value) for name, value in properties.items()}, plain(message)


def test_annotations_are_read_back_as_they_were_meant(project):
    lines = consolidate(project, "check", ODD, "--format", "github", code=1).stdout.splitlines()
    level, properties, message = read(lines[-1])
    assert level == "error"
    assert properties == {"file": ODD, "line": "3", "col": "1", "title": "consolidate: name of Old"}
    assert message == "Old → use New"


def test_where_github_would_hide_annotations_the_tenth_counts_and_the_log_has_the_rest(project, tmp_path):
    found = [replace(FINDING, path=f"a{number:02}.py") for number in range(12)]
    found.append(replace(FINDING, path="::error ##[command]x.py"))
    shim = replace(FINDING, rule="shim-unused", text="", what="shim app.old: nothing refers to it", todo="remove it")
    lines = list(annotations.lines([*found, shim], "13 legacy references", Places(tmp_path), Look()))
    assert [line.partition(" ")[0] for line in lines] == ["::error"] * 10 + ["-"] * 4 + ["::warning"]
    assert lines[9] == "::error title=consolidate::13 legacy references; 9 are shown, the log has all"
    assert lines[10] == "- a09.py:3:1: name of Old: Old → use New"
    assert "##[" not in lines[13]
    assert read(lines[14])[1]["title"] == "consolidate: shim-unused"
    ten = list(annotations.lines(found[:10], "10", Places(tmp_path), Look()))
    assert len(ten) == 10
    assert all("file=" in line for line in ten)


def test_a_path_can_be_no_command_to_the_runner(tmp_path):
    odd = replace(FINDING, path="a\n::error::b,line=9::.py", text="Old\n::stop-commands::x")
    [line] = annotations.lines([odd], "", Places(tmp_path), Look())
    assert "\n" not in line
    assert read(line)[1]["line"] == "3"


def test_json_fits_its_schema(tmp_path):
    project = make(tmp_path, {"app/more.py": "from app.old import Old\n"})
    consolidate(project, "check", "--create-baseline")
    (project / "app/more.py").write_text("")
    (project / "app/late.py").write_text("")
    (project / "app/new.py").write_text("from app.old import Old\nclass New: pass\n")
    found = printed(project, "check", "--format", "json", code=1)
    schema = printed(project, "check", "--schema", "findings")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(found)
    for broken in ({**found, "stale": [{}]}, {**found, "findings": [{**found["findings"][0], "rule": "other"}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate(broken)
    [finding] = found["findings"]
    assert (finding["path"], finding["line"], finding["column"]) == ("app/new.py", 1, 20)
    assert {item["path"] for item in found["excused"]} == {"app/user.py"}
    assert found["stale"] == [{"path": "app/more.py", "symbol": "app.old:Old"}]
