"""Campaigns over real repositories: each is a row, none stops another, and what is done is not done again."""

import csv
import os
import signal
import time
from pathlib import Path

import pytest

from consolidate.campaign.state import State
from tests.campaign import world
from tests.hostile_sources.world import git

SLOW = f"31.{os.getpid():07}1"  # seconds; a number that nobody else has


def test_of_thirty_repositories_two_are_broken_and_resume_does_what_is_left(tmp_path):
    names = [f"r{number:02}" for number in range(30)]
    file = world.make(tmp_path, names, broken="r03", bare="r07")
    code, out, err = world.run(file, "plan", "--json")
    assert code == 1
    found = world.rows(out)
    assert [row["repository"] for row in found] == names
    assert [row["repository"] for row in found if row["state"] != "done"] == ["r03", "r07"]
    assert found[3]["reason"].startswith("the configuration cannot be read: ")
    assert str(tmp_path / "r03/consolidate.toml") in found[3]["reason"]
    assert found[7]["reason"].startswith("not a git repository")
    assert {(row["phases"], row["rewritten"], row["manual"]) for row in found if row["state"] == "done"} == {(3, 2, 0)}
    assert err.count("\n") == 29

    before = world.plan_files(file)
    assert len(before) == 28
    (tmp_path / "r03/consolidate.toml").write_text(world.FILES["consolidate.toml"])
    code, out, err = world.run(file, "plan", "--resume")
    assert (code, err) == (1, "1/1 plan r03: done\n")
    assert out.rstrip().endswith("29 done, 1 failed")
    assert max(map(len, out.splitlines()[:31])) <= 80
    after = world.plan_files(file)
    assert after.pop("r03")
    assert after == before


def test_a_campaign_that_is_killed_goes_on_with_resume(tmp_path):
    file = world.make(tmp_path, ["a", "b", "c", "d"])
    process = world.start(file, "plan", "--jobs", "1")
    world.wait_for(lambda: world.planned(file) >= 1)
    process.kill()
    process.communicate(timeout=60)
    done = world.planned(file)
    assert done < 4
    before = world.plan_files(file)
    code, out, err = world.run(file, "plan", "--resume", "--json")
    assert (code, world.states(out)) == (0, ["done"] * 4)
    assert err.count("\n") == 4 - done
    assert [name for name, stat in world.plan_files(file).items() if before.get(name) == stat] == [*"abcd"][:done]


def test_of_two_campaigns_at_once_one_is_refused(tmp_path):
    file = world.make(tmp_path, ["a", "b"])
    with State(tmp_path / "repos.txt.campaign").locked("consolidate campaign plan"):
        code, out, err = world.run(file, "plan")
        assert (code, out) == (5, "")
        assert err.startswith("error: another run holds the lock: `consolidate campaign plan` (process ")
        assert world.run(file, "report")[0] == 0
    assert world.run(file, "plan", "-q")[0] == 0


def test_two_campaigns_over_the_same_repositories_leave_both_states_whole(tmp_path):
    file = world.make(tmp_path, ["a", "b"])
    both = [world.start(file, "plan", "--state", f"state{number}") for number in range(2)]
    assert [(process.communicate(timeout=120) and process.returncode) for process in both] == [0, 0]
    for number in range(2):
        assert world.states(world.run(file, "report", "--json", "--state", f"state{number}")[1]) == ["planned"] * 2


def test_rows_with_every_hindrance(tmp_path):
    file = world.make(tmp_path, ["one", "two words", "dirty", "plain"])
    (tmp_path / "own.toml").write_text(world.FILES["consolidate.toml"])
    (tmp_path / "one/consolidate.toml").unlink()
    git(tmp_path / "one", "commit", "-qam", "No configuration")
    (tmp_path / "link").symlink_to("plain")
    file.write_text(
        "one --config own.toml   # theirs is elsewhere\n'two words'\ndirty\nplain\nlink\nplain/app\nmissing\n'open\n"
        "two words\n"
    )
    code, out, _ = world.run(file, "plan", "--json", CONSOLIDATE_PLAN_CHECK="1")
    told = {row["line"]: row["reason"] for row in world.rows(out)}
    assert code == 1
    assert [told[line] for line in (1, 2, 3, 4)] == [""] * 4
    assert told[5] == told[6] == "it is the repository of line 4"
    assert told[7] == f"no such folder; {tmp_path}/missing"
    assert told[8].startswith("the line cannot be read: no closing quotation; line 8; ")
    assert told[9].startswith("the line is no `PATH [--config FILE]`; line 9; ")

    (tmp_path / "dirty/app/user.py").write_text("from app.old import Old\n")
    (tmp_path / "plain/app/notes.txt").write_text("of no phase\n")
    code, out, _ = world.run(file, "apply", "--all", "--json")
    assert code == 1
    assert [(row["state"], row["applied"]) for row in world.rows(out)[:4]] == [
        ("done", 3),
        ("done", 3),
        ("failed", 1),  # the file is of phase 2
        ("done", 3),
    ]
    assert world.rows(out)[2]["reason"].startswith("uncommitted changes to app/user.py; ")
    assert git(tmp_path / "plain", "status", "--porcelain") == "?? app/notes.txt\n"

    git(tmp_path / "dirty", "checkout", "-q", "app/user.py")
    code, out, err = world.run(file, "apply", "--all", "--resume", "--json")
    assert err == "1/1 apply all dirty: done\n"
    assert world.rows(out)[2]["applied"] == 3
    assert world.run(file, "plan", "--resume")[2] == ""  # what the campaign applied is no reason to plan again


def test_apply_wants_the_plan_and_goes_phase_by_phase(tmp_path):
    file = world.make(tmp_path, ["a", "b"], broken="b")
    code, out, err = world.run(file, "apply", "--phase", "1", "--json")
    assert (code, err) == (1, "")
    assert {row["reason"] for row in world.rows(out)} == {"it is not planned; `plan` it first"}
    world.run(file, "plan")
    code, out, _ = world.run(file, "apply", "--phase", "1", "--json")
    assert [(row["state"], row["applied"]) for row in world.rows(out)] == [("done", 1), ("failed", None)]
    assert world.rows(out)[1]["reason"].startswith("it is not planned: the configuration cannot be read")
    assert world.rows(world.run(file, "apply", "--phase", "3", "--json")[1])[0]["reason"].startswith(
        "phase 3 comes after phase 2, "
    )
    assert world.states(world.run(file, "apply", "--phase", "9", "--json")[1]) == ["done", "failed"]

    git(tmp_path / "a", "reset", "-q", "--hard", "HEAD~1")
    code, out, _ = world.run(file, "status", "--json")
    assert (code, world.rows(out)[0]["applied"]) == (1, 0)
    assert world.rows(world.run(file, "report", "--json")[1])[0]["applied"] == 1  # what was known
    assert world.run(file, "apply", "--phase", "1", "--resume")[2] == "1/1 apply 1 a: done\n"  # HEAD is another one


def test_one_table_in_every_form(tmp_path):
    file = world.make(tmp_path, ["=a|b", "c"], bare="c")
    assert world.run(file, "report")[1].endswith("2 open\n")
    world.run(file, "plan")
    code, out, _ = world.run(file, "report")
    assert code == 0
    assert out.splitlines()[:3] == [
        "repository  state    phases  files  rewritten  manual  left",
        "=a|b        planned     0/3      2          2       0     0",
        "c           failed",
    ]
    assert out.endswith("1 planned, 1 failed\n")
    assert "| =a\\|b | planned | 0/3 | 2 | 2 | 0 | 0 |  |\n" in world.run(file, "report", "--format", "markdown")[1]
    _, first, second = csv.reader(world.run(file, "report", "--format", "csv")[1].splitlines())
    assert first == ["3", "'=a|b", "planned", "3", "0", "2", "2", "0", "0", ""]
    assert second[2] == "failed"
    assert second[-1].startswith("not a git repository")
    file.write_text("'=a|b'\n")
    assert world.run(file, "status", "--check")[0] == 1
    assert world.run(file, "apply", "--all")[0] == 0
    assert world.run(file, "status", "--check")[0] == 0
    assert world.run(file, "report", "--check")[1].endswith("1 applied\n")


def _slow() -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found += [folder.name] if (folder / "cmdline").read_bytes() == f"sleep\0{SLOW}\0".encode() else []
        except OSError:
            continue
    return found


def _children(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]  # proc(5): state, ppid
        except OSError:
            continue
        found += [int(folder.name)] if int(parent) == pid else []
    return found


def test_one_that_takes_too_long_is_ended_with_all_its_processes(tmp_path):
    file = world.make(tmp_path, ["slow", "quick"])
    (tmp_path / "slow/slow").touch()
    git(tmp_path / "slow", "add", "-A")
    git(tmp_path / "slow", "commit", "-qm", "Be slow")
    world.run(file, "plan")
    begun = time.monotonic()
    command = f"test ! -e slow || sleep {SLOW}"
    code, out, _ = world.run(file, "apply", "--phase", "1", "--verify", command, "--timeout", "4", "--json")
    assert time.monotonic() - begun < 25
    assert (code, world.states(out)) == (1, ["failed", "done"])
    assert world.rows(out)[0]["reason"] == "it took longer than 4 s; --timeout; allow more"
    assert _slow() == []
    assert git(tmp_path / "slow", "status", "--porcelain") == ""


@pytest.mark.parametrize("most", [64, 68])  # what fails first differs: an allocation, a library, a thread
def test_one_that_needs_too_much_memory_is_a_row(tmp_path, most):
    file = world.make(tmp_path, ["a"])
    code, out, _ = world.run(file, "plan", "--memory", str(most), "--json")
    assert (code, world.states(out)) == (1, ["failed"])
    assert world.rows(out)[0]["reason"] == f"it needs more than {most} MiB of memory; --memory; allow more"


def test_a_process_that_is_killed_is_a_row_and_an_interrupted_campaign_leaves_none(tmp_path):
    file = world.make(tmp_path, ["a", "b"])
    world.run(file, "plan")
    process = world.start(file, "apply", "--phase", "1", "--jobs", "1", "--verify", f"sleep {SLOW}", "--json")
    world.wait_for(lambda: bool(_slow()))
    left = _slow()  # nobody ends what the killed process has started
    [child] = _children(process.pid)
    os.kill(child, signal.SIGKILL)
    world.wait_for(lambda: bool(set(_slow()) - set(left)))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err.splitlines()[-1].partition(";")[0]) == (130, "error: interrupted")
    assert set(_slow()) <= set(left)
    for pid in left:
        os.kill(int(pid), signal.SIGKILL)
    step = world.state(file)["repositories"][str(tmp_path / "a")]["steps"]["apply 1"]
    assert step["reason"].startswith("it ended by signal SIGKILL; ")
    assert "apply 1" not in world.state(file)["repositories"][str(tmp_path / "b")]["steps"]


def test_resume_finishes_an_apply_that_was_cut_off(tmp_path):
    file = world.make(tmp_path, ["a"])
    world.run(file, "plan")
    plan = next(tmp_path.glob("repos.txt.campaign/*/plan.json"))
    world.cut_off(tmp_path / "a", plan)
    code, out, _ = world.run(file, "apply", "--phase", "1", "--json")
    assert code == 1
    assert "apply --continue" in world.rows(out)[0]["reason"]
    code, out, _ = world.run(file, "apply", "--phase", "1", "--resume", "--json")
    assert (code, world.states(out), world.rows(out)[0]["applied"]) == (0, ["done"], 1)
    assert git(tmp_path / "a", "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["apply"], "say what to apply; give --phase N or --all"),
        (["plan", "--phase", "1"], "--phase, --all and --verify are for apply; plan; leave them out"),
        (["report", "--resume"], "there is nothing to resume; report --resume; plan and apply can be resumed"),
        (["plan", "--check"], "--check tells of a campaign and does nothing; plan --check; use it with status"),
        (["paln"], "'paln' is not one of "),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(tmp_path, words, text):
    file = tmp_path / "repos.txt"
    file.write_text("a\n")
    code, out, err = world.run(file, *words)
    assert (code, out) == (2, "")
    assert text in err
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["repos.txt"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "the campaign's state is damaged; "),
        ('{"format_version": "2.0"}', "the campaign's state has the format 2.0, and this program reads 1.0; "),
    ],
)
def test_a_state_that_cannot_be_read_is_exit_2(tmp_path, text, told):
    file = tmp_path / "repos.txt"
    file.write_text("a\n")
    (tmp_path / "repos.txt.campaign").mkdir()
    (tmp_path / "repos.txt.campaign/state.json").write_text(text)
    code, _, err = world.run(file, "plan")
    assert code == 2
    assert err.startswith(f"error: {told}{tmp_path}/repos.txt.campaign/state.json; ")
