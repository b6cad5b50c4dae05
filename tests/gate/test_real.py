"""The gate on real repositories, by the real program."""

from tests.cli.projects import git
from tests.gate.projects import consolidate, make, printed

NAME = ".consolidate-baseline.json"


def test_the_baseline_is_no_part_of_what_is_migrated(tmp_path):
    project = make(tmp_path)
    before = printed(project, "plan", "--json")
    consolidate(project, "check", "--create-baseline")
    git(project, "add", "-A")
    git(project, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "baseline")
    after = printed(project, "plan", "--json")
    assert "app.old:Old" in (project / NAME).read_text()
    assert after["references"] == before["references"]
    assert after["scanned"] == before["scanned"]
    consolidate(project, "check")
    consolidate(project, "apply", "--phase", "1")
    assert git(project, "status", "--porcelain") == ""
