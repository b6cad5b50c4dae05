"""The lines of the comparison: each is one thing that is measured once a round."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import floor
import subset
from changes import Subject, checkout, git
from measure import Run, run, together
from tool import Tool, accepting

HERE = Path(__file__).parent
CODEMODS = {"rewrite-imports", "rewrite-references", "rewrite-strings", "rewrite-calls"}


@dataclass
class Bench:
    """The checkouts on which everything is measured; `peers` is the Python beside which the peers are installed."""

    command: tuple[str, ...]
    source: Path
    commit: str
    config: Path
    scratch: Path
    peers: Path | None
    limit: float
    facts: dict[str, Any] = field(default_factory=dict)

    def prepare(self) -> None:
        """Make the checkouts: one to plan, one with the phases before the largest one applied, one of 90 files."""
        text = self.config.read_text(encoding="utf-8")
        self.tables = tomllib.loads(text)
        config, accept = self.scratch / "consolidate.toml", self.scratch / "accept.toml"
        config.write_text(text, encoding="utf-8")
        accept.write_text(accepting(text), encoding="utf-8")
        self.subject = Subject(checkout.make_checkout(self.source, self.commit, self.scratch / "planned"), self.tables)
        self.tool = Tool(self.command, self.subject.place, config)
        self.applied = Subject(checkout.make_checkout(self.source, self.commit, self.scratch / "applied"), self.tables)
        self.applier = Tool(self.command, self.applied.place, accept)
        self.subset = self.scratch / "subset"
        self.subset_files = subset.make(self.subject, self.subset)
        self.sample = self.scratch / "sample"
        self.facts |= {"subset_files": len(self.subset_files), **self._to_the_largest_phase()}
        self.facts["python_files"] = len(checkout.python_files(self.subject.place, "HEAD"))

    def _to_the_largest_phase(self) -> dict[str, Any]:
        self.applier.must("plan", "-o", str(self.applier.file))
        phases = self.applier.planned()["phases"]
        largest = max(phases, key=lambda phase: len(phase["files"]))
        for number in range(1, largest["number"]):
            self.applier.must("apply", "--phase", str(number))
        self.phase, self.before = largest["number"], self.applied.head()
        return {"phase_files": len(largest["files"]), "phase_title": largest["title"]}

    def beside(self, name: str) -> str:
        """Return a program that was installed with the peers. Raises LookupError where there are none."""
        if self.peers is None:
            raise LookupError("not run: no peers")
        return str(self.peers.with_name(name))


def the_floor(bench: Bench, _: int) -> Run:
    words = [sys.executable, "-I", str(HERE / "floor.py"), str(bench.subject.place), *floor.names(bench.tables)]
    done = run(words, bench.subject.place, limit=bench.limit, keep=True)
    bench.facts["floor"] = done.out.decode().strip()
    return done


def cold_plan(bench: Bench, _: int) -> Run:
    bench.tool.forget()
    return bench.tool.plan()


def memory_of_a_cold_plan(bench: Bench, _: int) -> Run:
    """A first run again, for its memory alone: finding it out takes time."""
    bench.tool.forget()
    return bench.tool.run("plan", "-o", str(bench.tool.file), only_held=True)


def warm_plan(bench: Bench, _: int) -> Run:
    return bench.tool.plan()


def plan_after_a_commit(bench: Bench, number: int) -> Run:
    """Plan after one commit that touches 20 Python files, others in each round; it is taken back afterwards."""
    subject = bench.subject
    before, paths = subject.head(), subject.chosen(20, number)
    subject.edit(paths, number)
    subject.commit(paths)
    try:
        return bench.tool.plan()
    finally:
        subject.back_to(before)


def check_of_five(bench: Bench, number: int) -> Run:
    """Check five files that were changed in the work tree and are not committed; 1 means that it found something."""
    subject = bench.subject
    paths = subject.chosen(5, number)
    subject.edit(paths, number)
    try:
        return bench.tool.run("check", *paths, accepted=(0, 1))
    finally:
        subject.restore(paths)


def apply_of_a_phase(bench: Bench, _: int) -> Run:
    try:
        return bench.applier.run("apply", "--phase", str(bench.phase))
    finally:
        bench.applied.back_to(bench.before)


def help_page(bench: Bench, _: int) -> Run:
    return run([*bench.command, "--help"], bench.scratch)


def version(bench: Bench, _: int) -> Run:
    return run([*bench.command, "--version"], bench.scratch)


def status_of_the_sample(bench: Bench, _: int) -> Run:
    """The state of the sample repository, of which `demo` has applied all phases."""
    if not bench.sample.exists():
        done = run([*bench.command, "demo", str(bench.sample)], bench.scratch)
        if done.failed:
            return done
    return run([*bench.command, "status"], bench.sample)


def ast_grep(bench: Bench, _: int) -> Run:
    module = subset.first_engine(bench.tables)["legacy"].partition(":")[0]
    pattern = f"from {module} import $$$NAMES"
    words = [bench.beside("ast-grep"), "run", "--lang", "python", "--pattern", pattern, "."]
    return run(words, bench.subject.place, limit=bench.limit)


def ruff_graph(bench: Bench, _: int) -> Run:
    words = [bench.beside("ruff"), "analyze", "graph", "--isolated", "--quiet", "."]
    return run(words, bench.subject.place, limit=bench.limit, environment={"RUFF_NO_CACHE": "true"})


def rope_rename(bench: Bench, _: int, *options: str) -> Run:
    engine = subset.first_engine(bench.tables)
    new = bench.tables["migration"]["target"].partition(":")[2]
    path, name = subset.file_of(engine["legacy"]), engine["legacy"].partition(":")[2]
    driver = str(HERE / "drivers" / "rename_with_rope.py")
    words = [bench.beside("python"), driver, str(bench.subject.place), path, name, new, *options]
    return run(words, bench.subject.place, limit=bench.limit)


def rope_rename_tolerant(bench: Bench, number: int) -> Run:
    return rope_rename(bench, number, "--ignore")


def fresh_subset(bench: Bench) -> Path:
    place = bench.scratch / "subset-copy"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(bench.subset, place, symlinks=True)
    git(place, "update-index", "-q", "--refresh", check=False)
    return place


def libcst_subset(bench: Bench, _: int) -> Run:
    python, place = bench.beside("python"), fresh_subset(bench)
    settings = "generated_code_marker: '@generated'\nformatter: ['cat']\nblacklist_patterns: []\n"
    file = place / ".libcst.codemod.yaml"
    file.write_text(f"{settings}modules: ['libcst.codemod.commands']\nrepo_root: '.'\n", encoding="utf-8")
    engine = subset.first_engine(bench.tables)
    new = engine.get("replacement", bench.tables["migration"]["target"])
    words = [python, "-m", "libcst.tool", "codemod", "rename.RenameCommand", "--no-format", "--hide-progress"]
    names = ["--old_name", engine["legacy"].replace(":", "."), "--new_name", new]
    done = run([*words, *names, *bench.subset_files], place, limit=bench.limit, environment={"PYTHONHASHSEED": "0"})
    bench.facts["subset_changed_by_libcst"] = _changed(place)
    return done


def ours_subset(bench: Bench, _: int) -> Run:
    """A first plan, and `apply` of each phase that moves importers; shims come before them and are not measured."""
    tool = Tool(bench.command, fresh_subset(bench), bench.subset.with_name("subset.toml"))
    runs = [tool.plan()]
    if not runs[0].failed:
        for phase in tool.planned()["phases"]:
            done = tool.run("apply", "--phase", str(phase["number"]))
            if CODEMODS & set(phase["codemods"]):
                runs.append(done)
        bench.facts["subset_changed"] = _changed(tool.place)
    return together(runs)


def _changed(place: Path) -> int:
    first = git(place, "rev-list", "--max-parents=0", "HEAD").decode().strip()
    return len(git(place, "diff", "--name-only", first).splitlines())


LINES: dict[str, Callable[[Bench, int], Run]] = {
    "floor": the_floor,
    "plan, cold": cold_plan,
    "plan, cold, memory that it holds": memory_of_a_cold_plan,
    "plan, warm": warm_plan,
    "plan, warm, after a commit that touches 20 files": plan_after_a_commit,
    "check of 5 changed files": check_of_five,
    "apply of the largest phase": apply_of_a_phase,
    "--help": help_page,
    "--version": version,
    "status of the sample": status_of_the_sample,
    "ast-grep, one pattern": ast_grep,
    "ruff analyze graph": ruff_graph,
    "rope, one rename": rope_rename,
    "rope, one rename, files that don't parse left out": rope_rename_tolerant,
    "90 files: plan and apply": ours_subset,
    "90 files: LibCST, one rename": libcst_subset,
}
ROUNDS = {"rope, one rename": 1, "rope, one rename, files that don't parse left out": 1}
"""Lines that are measured in the first rounds only, as nothing is compared with them."""


def install_peers(folder: Path) -> Path:
    """Make a virtual environment with requirements.txt and return its Python."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    words = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    with open(os.devnull, "wb") as quiet:  # noqa: PTH123 - no file
        subprocess.run([*words, "-r", str(HERE / "requirements.txt")], check=True, stdout=quiet)
    return python
