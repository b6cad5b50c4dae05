"""Whatever a repository holds, a terminal never gets it as something to obey: no escape sequence, no control character,
no mark that turns the direction of text. What programs read is exact all the same.
"""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from consolidate.commands import COMMANDS
from consolidate.gitstep import journal
from consolidate.repository import Repository
from consolidate.session import Session
from planner import planfile
from tests.hostile.screen import on_a_terminal
from tests.hostile.world import FILES, World, make_template, sealed

# A colour of our own (so that nothing is let through for being one), the window's title, moving and wiping, C1, bidi.
EVIL = "\x1b[31mX\x1b]0;owned\x07\x1b[2J\x1b[1A\x08\x7f\x9b2J\x9d\u202eY\u2066\u2028Z"
ONE_LINE = EVIL.replace("\u2028", "")
IN_A_NAME = f"{ONE_LINE}\r\n\t"
IN_A_LINE = f"{ONE_LINE}\r"

CODEMOD = b"""
from libcst.codemod import CodemodCommand, SkipFile

EVIL = %s

class Command(CodemodCommand):
    def transform_module_impl(self, tree):
        self.warn(EVIL)
        if "user" in (self.context.filename or ""):
            raise ValueError(EVIL)
        raise SkipFile(EVIL)
""" % ascii(EVIL).encode()
IMPORT = "from app.legacy import OldEngine"
CONFIGURED = f"[migration]\nexclude = [{json.dumps('x' + EVIL)}]\n".encode()
PHASES = b"""
[[phase]]
title = "Shims"
codemods = ["deprecation-shim"]

[[phase]]
title = "Importers"
codemods = ["rewrite-imports", "rewrite-calls", "codemods.evil:Command"]
"""
TESTS = f"""\
printf '%s' '{ONE_LINE}'
cat > junit.xml <<'END'
<testsuite><testcase classname="a" name="n\u202e\u0085\u009b2J">
<failure message="m\u202e\u009b2J"/></testcase><testcase classname="a" name="good"/></testsuite>
END
exit 1
"""


ODD = {
    **FILES,
    f"app/n{IN_A_NAME}.py": f"{IMPORT}  # {ONE_LINE}\n\ncall = OldEngine(*('{ONE_LINE}',))\n".encode(),
    f"app/g{IN_A_NAME}.py": (
        f"import app.legacy\n\ngetattr(app.legacy, 'Old' + '{ONE_LINE}')\n'app.legacy.OldEngine'\n".encode()
    ),
    f"app/b{IN_A_NAME}.py": f"{IMPORT}\n{EVIL}(\n".encode(),
    f"d{IN_A_NAME}/use.md": f"`app.legacy.OldEngine` {IN_A_LINE}\n\n```python\n{IMPORT}  # {IN_A_LINE}\n```\n".encode(),
    os.fsdecode(b"app/\xff\x9b.py"): b"# coding: latin-1\n" + IMPORT.encode() + b"  # \x9b2J\xe9\x1b[31mX\n",
    "codemods/evil.py": CODEMOD,
    "evil.sh": TESTS.encode(),
    "CODEOWNERS": f"* {EVIL}\n".encode(),
    "consolidate.toml": FILES["consolidate.toml"].replace(b"[migration]\n", CONFIGURED),
}
# What each command is asked, in an order in which it has something to do; others are asked without words.
SCREENS: dict[str, tuple[tuple[str, ...], ...]] = {
    "doctor": (("doctor",), ("doctor", "-v"), ("doctor", "--json")),
    "plan": (("plan",), ("plan", "-v"), ("plan", "--json"), ("plan", "--check")),
    "show": (
        *(("show", "--format", form) for form in ("text", "json", "markdown", "csv", "mermaid")),
        *(("-v", "show", "--phase", number) for number in ("1", "2")),
    ),
    "diff": (("diff", "--phase", "1"), ("diff", "--phase", "2"), ("diff", "--phase", "2", "--stat")),
    "review": (("review", "--html", "../review.html"),),
    "check": (("check",), ("check", "app"), *(("check", "--format", form) for form in ("json", "sarif", "github"))),
    "export": tuple(("export", "--format", form) for form in ("ruff", "import-linter")),
    "verify": (("verify", "-v", "--tests", "sh evil.sh", "--reruns", "0", "--junit", "junit.xml"),),
    "apply": (
        ("apply", "--all", "-n"),
        ("apply", "--phase", "1", "--run-hooks"),
        ("apply", "--phase", "2", "--verify", "sh evil.sh", "--reruns", "0", "--junit", "junit.xml"),
        ("apply", "--all"),
    ),
    "status": (("status",), ("status", "--json"), ("status", "--check")),
    "history": (("history",),),
    "revert": (
        *(("revert", "--phase", number, "--check") for number in ("2", "1")),
        ("revert", "--phase", "1", "--through"),
    ),
    "completion": (("completion", "bash"),),
    "demo": (("demo", f"d{IN_A_NAME}"),),  # refused: there is something in it
}
HOOK = f"#!/bin/sh\nprintf '%s\\n' '{ONE_LINE}' >&2\n"


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A repository in which everything that can hold EVIL does."""
    monkeypatch.setenv("GIT_AUTHOR_NAME", f"A{ONE_LINE}")
    world = make_template(tmp_path / "odd", ODD)
    world.git("checkout", "-q", "-b", "b\u202e\x9b")
    world.commit(message=f"subject {EVIL}\n\nConsolidate-Phase: {EVIL}\nConsolidate-Migration: small\n")
    hook = world.write(".git/hooks/pre-commit", HOOK)
    hook.chmod(0o755)
    return world


def test_no_command_sends_a_terminal_what_it_would_obey(odd):
    seen = ""
    for command in [*SCREENS, *(name for name in COMMANDS if name not in SCREENS)]:
        for words in SCREENS.get(command, ((command,),)):
            shown = on_a_terminal(odd, *words)
            assert shown.obeyed == [], words
            assert b"\x1b[31mX" not in shown.data, words
            assert shown.code in (0, 1, 2, 3) if command in ("demo", "apply", "revert") else (0, 1), (words, shown)
            seen += shown.text
    # Each place that can hold it was shown, in a form that can be read.
    for told in ("app/n", "app/g", "app/\\xff\\x9b.py", "A\\x1b[31mX", "n\\u202e"):
        assert told in seen, told


def test_what_codemods_and_errors_say_is_told_and_not_obeyed(odd):
    config = ODD["consolidate.toml"]
    odd.configure(config + PHASES)
    odd.commit()
    words = (
        ("--trust-codemods", "plan", "-v"),
        ("--traceback", "plan", "--commit", EVIL),
        ("plan", "-o", f"no{EVIL}/such"),
        ("show", f"{EVIL}.json"),
        (EVIL,),
        ("check", EVIL),
        ("apply", "--phase", EVIL),
        (f"--{EVIL}", "plan"),
        ("--config", EVIL, "plan"),
        ("-C", EVIL, "plan"),
    )
    shown = [on_a_terminal(odd, *each) for each in words]
    assert [(each, found.obeyed) for each, found in zip(words, shown, strict=True) if found.obeyed] == []
    assert not any(b"\x1b[31mX" in found.data for found in shown)
    assert [found.code for found in shown] == [0, *[2] * (len(words) - 1)]
    assert "codemods.evil" in shown[0].text
    assert "Traceback" in shown[1].text


@pytest.mark.parametrize(
    "text",
    [
        f"[migration]\n{json.dumps(EVIL)} = 1\n",
        f"[migration]\nname = {json.dumps(EVIL)}\n",
        f"[{json.dumps(EVIL)}]\n",
        f"[migration]\nname = 'a'\ntarget = {json.dumps('a:' + EVIL)}\n",
        f"[[engine]]\nlegacy = {json.dumps('a.b' + EVIL + ':C')}\n",
        f"[migration]\nname = 'a' # {EVIL}\n",
    ],
)
def test_a_configuration_is_complained_of_harmlessly(world, text):
    world.configure(text.replace("\u2028", "\\u2028"))
    shown = on_a_terminal(world, "plan")
    assert (shown.code, shown.obeyed) == (2, [])
    assert b"\x1b[31mX" not in shown.data


def _texts(value: Any, *above: Any) -> Iterator[tuple[Any, ...]]:
    """Yield where the texts of a plan are, as keys; of a list, those of the first elements only."""
    if isinstance(value, str):
        yield above
    elif isinstance(value, list | dict):
        for key in value if isinstance(value, dict) else range(min(len(value), 2)):
            yield from _texts(value[key], *above, key)


def _poisoned(plan: Any, *keys: Any) -> Any:
    changed = copy.deepcopy(plan)
    place = changed
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] += EVIL
    return changed


def test_a_plan_file_of_a_stranger_is_shown_harmlessly(world):
    plan, poisoned, refused = world.plan, [], []
    for keys in _texts(plan):
        changed = _poisoned(plan, *keys)
        try:
            planfile.load(sealed(changed))
        except planfile.PlanFileError:
            refused.append(changed)
        else:
            plan = changed
            poisoned.append(keys[-1])
    assert {"reason", "text", "form"} & set(poisoned)
    told = []
    for changed in (plan, *refused[::10]):
        world.save(changed)
        told.append(on_a_terminal(world, "-v", "show", "../plan.json"))
    assert [each.code for each in told] == [0, *[2] * (len(told) - 1)]
    world.save(plan)
    forms = ("markdown", "csv", "mermaid", "json")
    told += [on_a_terminal(world, "show", "--format", form, "../plan.json") for form in forms]
    told += [on_a_terminal(world, "-v", "show", "--phase", number, "../plan.json") for number in ("1", "2")]
    assert [each.obeyed for each in told] == [[]] * len(told)
    assert not any(b"\x1b[31mX" in each.data for each in told)


def test_a_lock_a_journal_and_a_branch_with_odd_names_are_told_harmlessly(odd):
    assert odd.run("apply", "--phase", "1").code == 0
    holder = {"pid": 1, "host": EVIL, "command": EVIL, "since": EVIL}
    odd.write(".git/consolidate/lock", json.dumps(holder))
    told = [on_a_terminal(odd, "doctor")]
    assert "left its lock" in told[0].text
    with Repository.open(odd.root) as repository, repository.lock("apply"):
        odd.write(".git/consolidate/lock", json.dumps(holder))
        told.append(on_a_terminal(odd, "apply", "--phase", "2"))
    assert told[-1].code == 5
    old, new = odd.git("rev-parse", "HEAD^"), odd.git("rev-parse", "HEAD")
    with Repository.open(odd.root) as repository:
        move = journal.Journal(EVIL, f"refs/heads/{odd.git('branch', '--show-current')}", old, new, ())
        journal.write(repository._places, move)
    told += [on_a_terminal(odd, *words) for words in (("status",), ("doctor",), ("plan",), ("apply", "--abort"))]
    assert "was cut off here" in told[2].text
    odd.git("worktree", "add", "-q", "--force", "../second", "HEAD", "-f", check=False)
    odd.git("-C", "../second", "symbolic-ref", "HEAD", odd.git("symbolic-ref", "HEAD"), check=False)
    told.append(on_a_terminal(odd, "apply", "--phase", "1"))
    assert "another worktree" in told[-1].text
    assert [each.obeyed for each in told] == [[]] * len(told)
    assert not any(b"\x1b[31mX" in each.data for each in told)


def test_a_diff_in_a_pipe_is_exact_and_applies(odd):
    odd.git("checkout", "-q", "-b", "by-hand")
    for number in range(1, odd.plan["phases"][-1]["number"] + 1):
        done = subprocess.run(
            [sys.executable, "-m", "consolidate", "diff", "--phase", str(number)],
            cwd=odd.root,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
            capture_output=True,
            check=True,
        )
        if number == 2:
            assert ONE_LINE.encode() in done.stdout
        odd.git("apply", "--index", stdin=done.stdout)
    odd.git("commit", "-qm", "by hand")
    odd.git("checkout", "-q", "-")
    assert odd.run("apply", "--all").code == 0
    assert odd.git("rev-parse", "HEAD^{tree}") == odd.git("rev-parse", "by-hand^{tree}")


def test_a_command_that_is_advised_can_be_typed_whatever_its_words_are():
    words = ["plain", "two words", "it's", f"\\ ' {EVIL}", os.fsdecode(b"\xff'\x9b")]
    session = Session(given=["-C", EVIL])
    line = session.command(*words)
    assert line.isprintable()
    script = f"consolidate() {{ printf '%s\\0' \"$@\"; }}\n{line}\n"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    assert [os.fsdecode(word) for word in done.stdout.split(b"\0")[:-1]] == ["-C", EVIL, *words]
