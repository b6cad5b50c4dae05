"""`report` on real repositories: what the documents say before, in the middle of and after a migration."""

import base64
import csv
import hashlib
import json
import re

import pytest

from tests.hostile_sources import world
from tests.hostile_sources.sources import IMPORT
from tests.review.test_page import read as page_of

MANUAL = IMPORT + b"\nimport importlib\nmodule = importlib.import_module('app.old')\nprint(module)\n"


@pytest.fixture
def repository(tmp_path):
    return world.make(tmp_path / "project", {"README.md": b"`app.old.Old` | is old\n", "tests/test_it.py": IMPORT})


def report(folder, *words):
    ran = world.run(folder, "report", *words)
    assert ran.code == 0, ran.err
    return ran.out.decode()


def ticked(text):
    """Return the success criteria: by their words before a colon, whether they are met."""
    found = re.findall(r"^- \[(.)\] ([^:\n]*)", text.partition("## Success Criteria")[2], re.MULTILINE)
    assert found
    return {words.strip(): mark == "x" for mark, words in found}


def test_the_tracker_ticks_what_commits_and_work_tree_tell(repository):
    text = report(repository, "--format", "tracker")
    total = len(re.findall(r"^### Step [1-9].*: (?!By hand)", text, re.MULTILINE))
    assert f"**Status:** In progress: 0 of {total} phases applied" in text
    assert "# small: 1 implementation become" in text
    assert not any(ticked(text).values())
    assert "consolidate apply --phase 1" in text
    assert "`app/user.py` (" in text
    assert world.run(repository, "apply", "--phase", "1").code == 0
    text = report(repository, "--format", "tracker")
    head = world.git(repository, "rev-parse", "HEAD")[:12]
    assert f"- [x] Applied: commit `{head}`" in text
    assert text.count("- [x] Applied") == 1
    assert ticked(text)["One implementation is left"]
    assert not ticked(text)["Every phase is applied"]
    assert world.run(repository, "apply", "--all").code == 0
    text = report(repository, "--format", "tracker")
    met = ticked(text)
    assert met.pop("No test newly fails by a phase") is False  # nobody compared them
    assert all(met.values()), met
    assert "### Step 0: Inventory and plan ✅" in text
    assert "By hand ✅" in text
    assert "Files to Change" not in text


def test_a_reverted_phase_is_open_again_and_a_new_use_is_seen(repository):
    assert world.run(repository, "apply", "--all").code == 0
    (repository / "app/user.py").write_bytes(IMPORT)
    assert not ticked(report(repository, "--format", "tracker"))["No code refers to a legacy implementation"]
    world.git(repository, "checkout", "-q", "--", ".")
    assert world.run(repository, "revert", "--phase", "1", "--through").code == 0
    text = report(repository, "--format", "tracker")
    assert text.count("- [ ] Applied (it was reverted)") == text.count("Applied")
    assert not any(ticked(text).values())


def test_what_people_have_to_do_is_a_step(tmp_path):
    folder = world.make(tmp_path / "project", {"app/loads.py": MANUAL})
    text = report(folder, "--format", "tracker")
    step = text.partition("By hand\n")[2].partition("\n## ")[0]
    assert re.search(r"- \[ \] .*named by a string.*\(1 reference\)", step), text


def test_results_of_verify_count_where_they_are_of_the_applied_commit(repository):
    ran = world.run(repository, "apply", "--phase", "1", "--verify", "true")
    assert ran.code == 0, ran.err
    text = report(repository, "--format", "tracker")
    assert "- [x] 1 test compared before and after: none newly fails" in text
    assert ticked(text)["No test newly fails by a phase"]
    assert "1 test compared before and after: none of them newly fails" in report(repository, "--phase", "1")
    kept = repository / ".git/consolidate/verify/phase-1.json"
    data = json.loads(kept.read_text())
    kept.write_text(json.dumps(data | {"gone": [["test_it", "passed", "", ""]]}))
    assert not ticked(report(repository, "--format", "tracker"))["No test newly fails by a phase"]
    kept.write_text(json.dumps(data | {"before": data["before"] | {"commit": "0" * 40}}))
    assert "not known here of phase 1" in report(repository, "--format", "tracker")


def test_markdown_is_the_text_of_a_pull_request_for_each_phase(repository):
    text = report(repository)
    titles = re.findall(r"^## small: phase (\d+)/(\d+) ", text, re.MULTILINE)
    assert [int(number) for number, _ in titles] == list(range(1, int(titles[0][1]) + 1))
    one = report(repository, "--phase", "2")
    assert one in text
    assert re.findall(r"^### (.*)", one, re.MULTILINE) == [
        *("What", "Why it is safe", "What to look at", "What stays", "How to revert"),
    ]
    assert "- `app/user.py`" in one
    assert "consolidate revert --phase 2 --check" in one
    assert "Applied as" not in one
    for phase in ("1", "2"):
        assert world.run(repository, "apply", "--phase", phase).code == 0
    head = world.git(repository, "rev-parse", "HEAD")[:12]
    assert f"Applied as commit `{head}`" in report(repository, "--phase", "2")


def test_the_page_says_what_the_tracker_says_and_needs_nothing_else(repository):
    assert world.run(repository, "apply", "--phase", "1").code == 0
    text = report(repository, "--format", "html")
    met = ticked(report(repository, "--format", "tracker"))
    found = re.findall(r'<span class="(yes|no)">\w+</span> <span>([^:<]*)', text)
    assert {words.strip(): mark == "yes" for mark, words in found} == met
    states = re.findall(r"<td>(applied|pending|reverted)</td><td><code>(\w*)</code>", text)
    head = world.git(repository, "rev-parse", "HEAD")[:12]
    assert states[0] == ("applied", head)
    assert set(states[1:]) == {("pending", "")}
    assert "app/user.py:" in text
    assert "default-src &#39;none&#39;" in text
    assert not re.search(r"<script|<link|<img|https?://|\son\w+=", text)


def test_csv_is_that_of_show(repository):
    text = report(repository, "--format", "csv")
    assert text.encode() == world.run(repository, "show", "--format", "csv").out
    rows = list(csv.DictReader(text.splitlines()))
    assert {"app/user.py", "README.md"} <= {row["path"] for row in rows}
    some = list(csv.DictReader(report(repository, "--format", "csv", "--phase", "2").splitlines()))
    assert 0 < len(some) < len(rows)


def test_a_plan_file_is_reported_on(repository, tmp_path):
    assert world.run(repository, "plan", "-o", str(tmp_path / "plan.json")).code == 0
    assert report(repository, str(tmp_path / "plan.json")) == report(repository)


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        (("--format", "tracker", "--phase", "1"), "--phase does not go with --format tracker"),
        (("--phase", "99"), "there is no phase 99"),
        (("--format", "trackr"), "'trackr' is not one of"),
    ],
)
def test_what_is_wrong_is_one_line(repository, words, tells):
    ran = world.run(repository, "report", *words)
    assert (ran.code, ran.out) == (2, b"")
    assert tells in ran.err
    assert ran.err.count("\n") == 1


def test_names_of_a_repository_do_no_harm_in_markdown(tmp_path):
    folder = world.make(tmp_path / "project", {"app/a`b|<script>.py": IMPORT + b"\nprint(Old())\n"})
    for form in ("markdown", "tracker"):
        text = report(folder, "--format", form)
        assert "``app/a`b" in text
        assert not re.search(r"^(?!.*`).*<script>", text, re.MULTILINE)
    assert "&lt;script&gt;" in report(folder, "--format", "html")
    assert "<script" not in report(folder, "--format", "html")


HOSTILE = "app/<b onclick=x>&\"'\u2028\n .py"
EVIL = "</script><script>alert(1)</script><img src=//evil.example/x>"


def test_nothing_of_a_repository_is_html_in_the_page_and_nothing_is_loaded(tmp_path):
    """Names of paths and files, reasons, and the comments of reviewers."""
    uses = b"import importlib\nfrom app.old import Old\n\nimportlib.import_module('app.old')\nprint(Old)\n"
    folder = world.make(tmp_path / "r", {HOSTILE: uses, "app/user2.py": IMPORT})
    assert world.run(folder, "review", "--html", "../page.html").code == 0
    data = json.loads(page_of((tmp_path / "page.html").read_text("utf-8")).raw["script"][0])
    edits = [edit for edit in data["edits"] if data["paths"][edit[2]] == "app/user2.py"]
    entries = [{"id": edit[0], "verdict": "rejected", "comment": EVIL} for edit in edits]
    decisions = {"format_version": "1.0", "migration": "small", "decisions": entries}
    (tmp_path / "decisions.json").write_text(json.dumps(decisions))
    assert world.run(folder, "review", "--import", "../decisions.json").code == 0
    text = report(folder, "--format", "html")
    reader = page_of(text)
    assert "app/<b onclick=x>&\"'\\u2028\\n .py" in reader.text
    assert EVIL in reader.text
    assert "\u2028" not in text
    metas = {attributes.get("http-equiv"): attributes["content"] for tag, attributes in reader.tags if tag == "meta"
             and "content" in attributes}  # fmt: skip
    policy = dict(part.strip().split(" ", 1) for part in metas["Content-Security-Policy"].split(";"))
    (style,), (script, *more) = reader.raw["style"], reader.raw["script"] or [""]
    assert (policy["default-src"], more) == ("'none'", [])
    assert policy["style-src"] == f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
    assert script == ""
    assert not re.search(r"url\(|@import|https?:|//", style)
    for tag, attributes in reader.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "b", "script"), tag
        assert not {"src", "href", "style", "srcset", "action"} & attributes.keys(), (tag, attributes)
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
