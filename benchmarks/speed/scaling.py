"""How consolidate grows: plans of generated repositories of several sizes, cold and warm; the curve; a cost model.

`python scaling.py [--sizes 1000,10000,100000] [--runs 3]`

Makes the repositories (generate.py) in a temporary folder, one after the other, plans each of them cold and warm for as
many rounds as asked for, draws scaling.svg, and writes scaling.json and its tables. README.md says what each figure is.
Linux alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import generate
import scaling_table
from measure import Run
from tool import Tool, installed

sys.path.append(str(Path(__file__).parents[1] / "netra"))
import table

HERE = Path(__file__).parent
SEED = 20250912
TOUCHED = 20
KINDS = ("cold", "warm", "after a commit")


def note(text: str) -> None:
    print(f"scaling: {text}", file=sys.stderr, flush=True)


def measure(tool: Tool, size: int, runs: int) -> dict[str, list[dict[str, Any]]]:
    """Plan a repository in three ways, `runs` times each, in turns: nothing kept; nothing changed; 20 files changed."""
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for number in range(1, runs + 1):
        for kind in KINDS:
            if kind == "cold":
                tool.forget()
            if kind == "after a commit":
                touch(tool.place, number)
            run = tool.plan()
            if kind == "after a commit":
                generate.git(tool.place, "reset", "--quiet", "--hard", "HEAD^")
            if run.failed:
                raise SystemExit(f"error: plan of {size} files failed: {run.failed}")
            found[kind].append(run.figures())
            note(f"{size} files, round {number} of {runs}, {kind}: {told(run)}")
    return found


def memory(tool: Tool, size: int) -> dict[str, float]:
    """Return the MB that plans hold: a cold one, and a warm one."""
    found = {}
    for kind in ("cold", "warm"):
        if kind == "cold":
            tool.forget()
        run = tool.run("plan", "-o", str(tool.file), only_held=True)
        if run.failed:
            raise SystemExit(f"error: plan of {size} files failed: {run.failed}")
        found[kind] = round(run.tree, 1)
        note(f"{size} files, {kind}: {run.tree:.0f} MB held")
    return found


def told(run: Run) -> str:
    return f"{run.seconds:.2f} s, {run.processor:.2f} s of processor time, {run.tree:.0f} MB"


def touch(place: Path, number: int) -> None:
    """Commit a change to 20 Python files that are spread over the repository, other ones each time."""
    paths = sorted(
        path for path in generate.git(place, "ls-files", "-z", "*.py").split("\0") if path.startswith("corp/area")
    )
    for path in paths[number :: max(1, len(paths) // TOUCHED)][:TOUCHED]:
        with (place / path).open("a", encoding="utf-8") as file:
            file.write(f"\n\ndef added_in_round_{number}():\n    return {number}\n")
    generate.git(place, "commit", "--quiet", "--all", "--message", "A day's work")


def by_processes(tool: Tool, runs: int) -> dict[str, list[float]]:
    """Return the seconds of cold plans with one process and with two, measured in turns."""
    found: dict[str, list[float]] = {"1": [], "2": []}
    for _ in range(runs):
        for jobs, seconds in found.items():
            tool.forget()
            run = tool.plan("--jobs", jobs)
            if run.failed:
                raise SystemExit(f"error: plan --jobs {jobs} failed: {run.failed}")
            seconds.append(round(run.seconds, 3))
            note(f"--jobs {jobs}: {told(run)}")
    return found


def figures(command: tuple[str, ...], sizes: list[int], runs: int, scratch: Path) -> dict[str, Any]:
    """Return everything that scaling.json holds."""
    found: list[dict[str, Any]] = []
    processes: dict[str, Any] = {}
    middle = sorted(sizes)[len(sizes) // 2] if len(sizes) > 2 else max(sizes)
    for size in sorted(sizes):
        place = scratch / f"{size}-files"
        note(f"making a repository of {size} files")
        start = time.monotonic()
        tree = generate.write(place, size, SEED)
        listed = generate.git(place, "ls-tree", "-r", "--long", "HEAD").splitlines()
        total = sum(int(line.split()[3]) for line in listed)
        note(f"{total / 1e6:.0f} MB in {time.monotonic() - start:.0f} s")
        tool = Tool(command, place, place / "consolidate.toml")
        runs_of = measure(tool, size, runs)
        held = memory(tool, size)
        plan = tool.planned()
        edited = {file["path"] for phase in plan["phases"] for file in phase["files"]}
        found.append(
            {
                "bytes": total,
                "edited": len(edited),
                "files": size,
                "held": held,
                "phases": len(plan["phases"]),
                "references": len(plan["references"]),
                "runs": runs_of,
                "tree": tree,
            }
        )
        if size == middle:
            processes = {"files": size, "seconds": by_processes(tool, runs)}
        shutil.rmtree(place)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    return {"machine": machine, "processes": processes, "rounds": runs, "seed": SEED, "sizes": found}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--sizes", default="1000,10000,100000", help="numbers of Python files, with commas between them"
    )
    parser.add_argument("--runs", type=int, default=3, help="rounds for each size")
    parser.add_argument("--consolidate", metavar="CMD", help="how to run consolidate (default: beside this Python)")
    parser.add_argument("--out", type=Path, default=HERE / "scaling.json", help="where the figures go")
    parser.add_argument("--plot", type=Path, default=HERE / "scaling.svg", help="where the curve goes")
    parser.add_argument("--table", type=Path, action="append", default=[], help="Markdown file to put the tables into")
    parser.add_argument("--scratch", type=Path, help="folder for the repositories (default: a temporary one)")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    if len(set(sizes)) < 2:
        parser.error("a curve wants two sizes")
    command = tuple(shlex.split(arguments.consolidate)) if arguments.consolidate else installed()
    started = time.monotonic()
    scratch = Path(tempfile.mkdtemp(prefix="scaling-", dir=arguments.scratch))
    try:
        results = figures(command, sizes, arguments.runs, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    arguments.out.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    arguments.plot.write_text(scaling_table.plot(results), encoding="utf-8")
    for path in arguments.table:
        table.insert(path, scaling_table.markdown(results), "scaling.py")
    print(scaling_table.markdown(results), end="")
    note(f"done in {(time.monotonic() - started) / 60:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
