"""The tools, each given what its documentation asks for. All change files in place, each in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from programs import ENGINE, LEGACY, Program, write

HERE = Path(__file__).parent
SECONDS = 120
GIT = ("git", "-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false")


@dataclass(frozen=True, slots=True)
class Commands:
    """How the tools are started on this machine."""

    consolidate: tuple[str, ...]
    python: str = ""

    def beside(self, name: str) -> str:
        """Return a program that was installed with the Python of the other tools."""
        return str(Path(self.python).absolute().with_name(name))


@dataclass(frozen=True, slots=True)
class Run:
    """`seconds` of processor time, children included; `failed` is the last line of a tool that gave up.

    `listed` are the files in which the tool says that something is left; None for a tool that never says.
    """

    seconds: float
    failed: str = ""
    listed: frozenset[str] | None = None


def timed(folder: Path, *commands: list[str]) -> tuple[float, list[subprocess.CompletedProcess[bytes]], str]:
    """Run commands one after the other; return the processor time of all, what they said, and how they failed."""
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    start, done, failed = spent(), [], ""
    for command in commands:
        try:
            one = subprocess.run(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            failed = "no end"
            break
        done.append(one)
        if one.returncode:
            said = (one.stderr or one.stdout).decode(errors="replace").strip().splitlines()
            failed = (said or [f"exit {one.returncode}"])[-1].replace(str(folder), "")
    return spent() - start, done, failed


def spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def importers(folder: Path, suffix: str = ".py") -> list[str]:
    """Return the files that a tool gets: all but the two modules themselves."""
    found = sorted(path.relative_to(folder).as_posix() for path in folder.glob(f"app/**/*{suffix}"))
    return [path for path in found if path not in (LEGACY, ENGINE)]


def consolidate(commands: Commands, program: Program, folder: Path) -> Run:
    write(folder, {"consolidate.toml": program.configuration()})
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "before")):
        subprocess.run([*GIT, *words], cwd=folder, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    for key, value in (("user.name", "bench"), ("user.email", "bench@example.org")):
        subprocess.run(["git", "config", key, value], cwd=folder, check=True)
    seconds, done, failed = timed(
        folder, [*commands.consolidate, "plan", "--json"], [*commands.consolidate, "apply", "--all"]
    )
    plan = json.loads(done[0].stdout or b'{"references": [], "skipped": []}')
    open_ones = {item["path"] for item in plan["references"] if item["action"] != "rewritten" and item["reason"]}
    return Run(seconds, failed, frozenset(open_ones | {item["path"] for item in plan["skipped"]}))


def libcst(commands: Commands, program: Program, folder: Path) -> Run:
    settings = "generated_code_marker: '@generated'\nformatter: ['cat']\nblacklist_patterns: []\n"
    write(
        folder, {".libcst.codemod.yaml": f"{settings}modules: ['libcst.codemod.commands']\nrepo_root: '.'\n".encode()}
    )
    runs = [
        [
            *(commands.python, "-m", "libcst.tool", "codemod", "rename.RenameCommand", *importers(folder, ".py*")),
            *("--old_name", old.replace(":", "."), "--new_name", new),
            *("--jobs", "1", "--no-format", "--hide-progress", "--include-stubs"),
        ]
        for old, new in program.all_moves().items()
    ]
    seconds, _, failed = timed(folder, *runs)
    return Run(seconds, failed)


def bowler(commands: Commands, program: Program, folder: Path) -> Run:
    moves = json.dumps(program.all_moves())
    command = [commands.python, str(HERE / "drivers" / "with_bowler.py"), moves, *importers(folder, ".py*")]
    seconds, _, failed = timed(folder, command)
    return Run(seconds, failed)


def rope(commands: Commands, program: Program, folder: Path) -> Run:
    """Let it rename and move the class into a module that lacks it: a merge into a class that exists is not offered."""
    write(folder, {ENGINE: program.engine_tail.encode()})
    seconds, _, failed = timed(folder, [commands.python, str(HERE / "drivers" / "with_rope.py")])
    return Run(seconds, failed)


def ast_grep(commands: Commands, program: Program, folder: Path) -> Run:
    rules = (HERE / "drivers" / "ast_grep.yml").read_text(encoding="utf-8")
    command = [commands.beside("ast-grep"), "scan", "--update-all", "--inline-rules", rules, *importers(folder, ".py*")]
    seconds, _, failed = timed(folder, command)
    return Run(seconds, failed)


TOOLS: dict[str, Callable[[Commands, Program, Path], Run]] = {
    "consolidate": consolidate,
    "LibCST": libcst,
    "Bowler": bowler,
    "rope": rope,
    "ast-grep": ast_grep,
}
