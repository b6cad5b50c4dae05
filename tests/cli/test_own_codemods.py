"""Codemods of the user's own, by the real program on real git repositories: what they may do, and what they may not."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from tests.cli.codemod_projects import COMMAND, FSTRINGS, HEAD, NOOP, ROOT, SHIMS, Project, files_of, notes_of, phase
from tests.cli.projects import git


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> tuple[Project, dict]:
    names = "hang spin leave crash orphan memory fail nothing talk skip garbage unbound again layout counted where"
    contents = {f"app/{name}.py": b"a=1\n" for name in f"{names} zcounted".split()}
    contents["app/unbound.py"] = b"def given(): pass\n\ngiven()\n"
    contents["app/lines.py"] = b"a = 1\r\nb = 2\r\n"
    contents["app/given.py"] = b"def helper(): pass\n"
    contents["app/old2.py"] = b"print 'two'\n"
    contents["app/sub/where.py"] = contents["app/sub/__init__.py"] = contents["app/sub/counted.py"] = b""
    contents["lib/taker.py"] = b"from app.given import helper\n\nhelper()\n"
    contents["lib/patches.py"] = b'from unittest.mock import patch\n\npatch("app.given.helper")\n'
    contents["codemods/evil.py"] = COMMAND
    phases = phase("codemods.evil:Command", more="codemod-time-limit = 3")
    project = Project(tmp_path_factory.mktemp("hostile"), contents, phases)
    return project, project.plan()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hang", "it takes longer than 3 s"),
        ("spin", "it takes longer than 3 s"),
        ("leave", "it ends its process with exit code 3"),
        ("crash", "it ends its process by SIGSEGV"),
        ("orphan", "it ends the process that runs it"),
        ("memory", "it needs too much memory"),
        ("fail", "it raises ValueError: no way at <object object at 0x…>"),
        ("nothing", "it raises AttributeError: 'NoneType' object has no attribute 'bytes'"),
        ("skip", "it is generated"),
        ("garbage", "its result is refused: does not compile"),
        ("unbound", "its result is refused: `given` would be unbound (line 3)"),
        ("again", "it would change its own result again"),
        ("lines", "its result is refused: line end b'\\n' is foreign to the file (line 1)"),
        ("old2", "LibCST cannot read it (line 1)"),
    ],
)
def test_a_file_on_which_a_codemod_fails_is_left_with_a_reason(hostile, name, reason):
    _, plan = hostile
    assert f"app/{name}.py" not in files_of(plan)
    assert re.search(rf"Command leaves \d+ files?: {re.escape(reason)}[^\n]*app/{name}\.py", notes_of(plan))


def test_what_a_codemod_prints_and_writes_stays_with_it(hostile):
    project, plan = hostile
    assert [edit["new"] for edit in files_of(plan)["app/talk.py"]["edits"]] == ["talked = 1\n"]
    assert "Command warns in app/talk.py: it was written by hand" in notes_of(plan)
    assert git(project.folder, "status", "--porcelain") == ""
    assert not list(project.folder.rglob("written"))


def test_no_file_sees_what_the_one_before_it_left_behind(hostile):
    _, plan = hostile
    for path in ("app/counted.py", "app/sub/counted.py"):
        assert files_of(plan)[path]["edits"][0]["new"] == "calls = 1\n"


def test_a_command_is_told_where_it_is(hostile):
    _, plan = hostile
    assert files_of(plan)["app/sub/where.py"]["edits"][0]["new"] == (
        "names = ('app/sub/where.py', 'app.sub.where', 'app.sub')\n"
    )


def test_edits_are_marked_unproved_unless_the_trees_are_equal(hostile):
    project, plan = hostile
    marked = {path: file.get("unproved", []) for path, file in files_of(plan).items()}
    assert marked.pop("app/layout.py") == []
    assert set(map(tuple, marked.values())) == {("codemods.evil:Command",)}
    assert plan["phases"][0]["risk"] == "high"
    shown = project.run("--trust-codemods", "diff", "--phase", "1", "--exit-code", code=1)
    assert f"note: not proved: {len(marked)} files edited by codemods.evil:Command" in shown


def test_the_gates_look_at_the_whole_repository(hostile):
    project, plan = hostile
    assert plan["phases"][0]["unproved"] == [
        {"path": "lib/patches.py", "reason": "line 3 patches helper in app.given, which does not exist"},
        {"path": "lib/taker.py", "reason": "line 1 imports helper from app.given, which would fail"},
    ]
    assert "unproved" in project.run("--trust-codemods", "apply", "--phase", "1", code=3)


def test_the_plan_is_the_same_with_any_number_of_processes(tmp_path):
    contents = {f"app/file{number}.py": b"print('{}'.format(1))\n" for number in range(20)}
    project = Project(tmp_path, {**contents, "codemods/evil.py": COMMAND}, phase(FSTRINGS, "codemods.evil:Command"))
    first, second = (
        project.run("--jobs", jobs, "--no-cache", "plan", "--trust-codemods", "--json") for jobs in ("1", "4")
    )
    assert first == second
    assert len(json.loads(first)["phases"][0]["files"]) == 23


def test_from_the_plan_to_the_last_revert(tmp_path):
    phases = SHIMS + phase("rewrite-imports", FSTRINGS, title="Application") + phase(FSTRINGS, title="Strings")
    project = Project(tmp_path, {}, phases)
    start = git(tmp_path, "rev-parse", "HEAD^{tree}")
    plan = project.plan()
    assert [sorted(files_of(plan, number)) for number in (1, 2, 3)] == [
        ["app/legacy.py"],
        ["app/user.py"],
        ["app/latin.py", "app/plain.py"],
    ]
    assert files_of(plan, 2)["app/user.py"]["unproved"] == [FSTRINGS]
    assert {item["phase"] for item in plan["references"] if item["path"] == "app/user.py"} == {2}
    diff = project.run("diff", "--phase", "1")
    git(tmp_path, "apply", "--check", stdin=diff.encode("utf-8", "surrogateescape"))
    project.run("apply", "--all")
    assert (tmp_path / "app/user.py").read_bytes() == (
        b'from app.engine import Engine\r\n\r\nprint(f"{Engine()}")\r\nlast = 1'
    )
    assert (tmp_path / "app/plain.py").read_bytes() == b"\xef\xbb\xbfx = 1\r\nif x:\r\n\tprint(f'{x}')"
    assert (tmp_path / "app/latin.py").read_bytes() == b"# coding: latin-1\nname = '\xe9'\nprint(f'{name}')\n"
    bodies = git(tmp_path, "log", "-2", "--format=%B")
    assert "Not proved, to be read by a reviewer:\n- 2 files edited by" in bodies
    assert "- 1 file edited by" in bodies
    project.run("plan", "--check")
    project.run("revert", "--phase", "1", "--through")
    assert git(tmp_path, "rev-parse", "HEAD^{tree}") == start


def test_a_revert_runs_nothing_where_the_plan_is_lost(tmp_path):
    project = Project(tmp_path, {"app/where.py": b"", "codemods/evil.py": COMMAND}, phase("codemods.evil:Command"))
    start = git(tmp_path, "rev-parse", "HEAD^{tree}")
    project.run("apply", "--all", "--trust-codemods")
    shutil.rmtree(tmp_path / ".git/consolidate")
    assert "give --trust-codemods" in project.run("status")
    project.run("revert", "--phase", "1")
    assert git(tmp_path, "rev-parse", "HEAD^{tree}") == start


def test_a_saved_plan_makes_its_edits_and_runs_nothing(tmp_path):
    commands = COMMAND.replace(b"class Wordy", b"open(%r, 'a').write('ran')\n\nclass Wordy" % str(tmp_path / "ran"))
    folder = tmp_path / "repository"
    project = Project(folder, {"app/where.py": b"", "codemods/evil.py": commands}, phase("codemods.evil:Command"))
    project.run("plan", "--trust-codemods", "-q", "-o", str(tmp_path / "plan.json"))
    assert (tmp_path / "ran").read_text() == "ran"
    (folder / "codemods/evil.py").write_bytes(COMMAND.replace(b"names =", b"others ="))
    project.commit()
    project.run("apply", "--phase", "1", str(tmp_path / "plan.json"))
    assert (folder / "app/where.py").read_text().startswith("names =")
    assert (tmp_path / "ran").read_text() == "ran"


def test_a_plan_file_alone_is_no_word_for_edits_that_nothing_proves(tmp_path):
    project = Project(tmp_path, {}, phase(FSTRINGS))
    project.run("plan", "-q", "-o", "plan.json")
    (tmp_path / "consolidate.toml").write_text(HEAD)
    assert "which the configuration doesn't name" in project.run("apply", "--phase", "1", "plan.json", code=2)


def test_without_the_flag_nothing_of_the_repository_is_imported(tmp_path):
    canary = b"open(%r, 'w')\n" % str(tmp_path / "ran")
    hostile = dict.fromkeys(("codemods/__init__.py", "sitecustomize.py", "libcst/__init__.py", "click.py"), canary)
    shadow = {"libcst/codemod/commands/noop.py": canary, "libcst/codemod/__init__.py": canary, "json.py": canary}
    folder = tmp_path / "repository"
    project = Project(
        folder, {**hostile, **shadow, "codemods/evil.py": canary + COMMAND}, phase("codemods.evil:Command")
    )
    # As `consolidate` is installed: the folder it is started in is not on its path.
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from consolidate.cli import main; sys.exit(main())"
    for words in (["plan"], ["status"], ["apply", "--all"], ["diff", "--phase", "1"]):
        done = subprocess.run(
            [sys.executable, "-I", "-c", program, *words], cwd=folder, capture_output=True, check=False
        )
        assert done.returncode == 2
        assert done.stderr.decode() == (
            "error: codemods.evil:Command is code of the repository, which is run only if you trust it; "
            "phase[1].codemods; read codemods/evil.py, then give --trust-codemods\n"
        )
    (folder / "consolidate.toml").write_text(HEAD + phase(FSTRINGS, NOOP))
    done = subprocess.run([sys.executable, "-I", "-c", program, "plan"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"libcst " in done.stdout
    assert not (tmp_path / "ran").exists()
    assert project.run("check", code=1)


def test_the_commit_counts_and_not_the_work_tree(tmp_path):
    project = Project(tmp_path, {"app/where.py": b"", "codemods/evil.py": COMMAND}, phase("codemods.evil:Command"))
    (tmp_path / "codemods/evil.py").write_bytes(b"raise SystemExit\n")
    assert "app/where.py" in files_of(project.plan())
    assert "app/where.py" in files_of(json.loads(project.run("plan", "--json", CONSOLIDATE_TRUST_CODEMODS="1")))


WRONG = {
    "no module": ("no.such:Command", "there is no module no among what is installed"),
    "no module of a package": ("libcst.nothing:Command", "there is no module libcst.nothing among what is installed"),
    "no class": ("libcst.codemod.commands.noop:Noop", "libcst.codemod.commands.noop has no Noop"),
    "another class": ("json:JSONDecoder", "json:JSONDecoder is no CodemodCommand of LibCST"),
    "ours": ("codemods.registry:Codemod", "the commit has no codemods/registry.py"),
    "outside the folder": ("app.user:Command", "there is no module app among what is installed"),
    "arguments": ("codemods.evil:Wordy", "codemods.evil:Wordy cannot be made without arguments: TypeError"),
    "import fails": ("codemods.broken:Command", "the module codemods.broken cannot be imported: SystemExit: 3"),
    "import ends": ("codemods.gone:Command", "codemods.gone:Command cannot be loaded: its process ends"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_used_is_exit_2_with_table_and_key(tmp_path, name):
    command, what = WRONG[name]
    broken = {
        "codemods/evil.py": COMMAND,
        "codemods/broken.py": b"raise SystemExit(3)\n",
        "codemods/gone.py": b"import os\n\nos._exit(0)\n",
    }
    project = Project(tmp_path, broken, SHIMS + phase(command))
    error = project.run("plan", "--trust-codemods", code=2)
    assert what in error
    assert "; phase[2].codemods" in error
    assert error.count("\n") == 1


def test_a_phase_that_selects_nothing_is_exit_2(tmp_path):
    project = Project(tmp_path, {}, phase(NOOP, paths="lib/**"))
    assert "the phase 'Own' selects nothing; phase[1].paths" in project.run("plan", code=2)


def test_a_phase_before_one_that_edits_the_same_file_is_exit_2(tmp_path):
    project = Project(tmp_path, {}, SHIMS + phase(FSTRINGS) + phase("rewrite-imports", title="Application"))
    error = project.run("plan", code=2)
    assert f"{FSTRINGS} changes app/user.py, which 'Application' edits later; phase[2].codemods" in error
