"""One migration in every form of reference, by consolidate and by four other tools; each result is run and judged.

`python compare.py [--python PYTHON] [--consolidate CMD] [--only WORD] [--out FILE] [--table FILE] [--summary FILE]`
`python compare.py --verdicts FILE... [--out FILE] [--table FILE] [--summary FILE]` makes the tables of earlier runs.

PYTHON is an interpreter that has the other tools (requirements.txt); without it, only consolidate is measured. Needs
the standard library alone, and git.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import clashes
import imports
import judge
import others
import strings
import table
import uses
from programs import Form, Program, read, write
from tools import TOOLS, Commands

PACKAGES = {"LibCST": "libcst", "Bowler": "bowler", "rope": "rope", "ast-grep": "ast-grep-cli"}


def all_forms() -> list[Form]:
    """Return every form, in the order of the table."""
    return [*imports.forms(), *uses.forms(), *clashes.forms(), *strings.forms(), *others.forms()]


def measure(task: tuple[list[str], Commands, Program]) -> dict[str, tuple[dict[str, str], float]]:
    """Let each tool migrate one program: its verdict as it stands in results.json, and its processor time."""
    tools, commands, program = task
    return {tool: measure_one(tool, commands, program) for tool in tools}


def measure_one(tool: str, commands: Commands, program: Program) -> tuple[dict[str, str], float]:
    with tempfile.TemporaryDirectory(prefix="forms-") as name:
        folder = Path(name).resolve()
        write(folder, program.tree())
        run = TOOLS[tool](commands, program, folder)
        # A tool that gives up says so: what it left is not silent.
        verdict = judge.judge(program, read(folder), None if run.failed else run.listed)
    found = {"verdict": verdict.word, "reason": verdict.reason, "failed": run.failed}
    return {key: value for key, value in found.items() if value}, run.seconds


def results(forms: list[Form], tools: list[str], commands: Commands, jobs: int, part: str) -> dict[str, Any]:
    """Return what results.json holds; `part` is K/N for every Nth program."""
    number, parts = map(int, part.split("/"))
    every = [(form.name, position, program) for form in forms for position, program in form.programs.items()]
    cases = every[number - 1 :: parts]
    verdicts: dict[str, Any] = {form.name: {tool: {} for tool in tools} for form in forms}
    seconds = dict.fromkeys(tools, 0.0)
    with ProcessPoolExecutor(jobs) as pool:
        measured = pool.map(measure, [(tools, commands, program) for _, _, program in cases])
        for (form, position, _), by_tool in zip(cases, measured, strict=True):
            for tool, (found, spent) in by_tool.items():
                verdicts[form][tool][position] = found
                seconds[tool] += spent
                if found["verdict"] != judge.RIGHT:
                    print(tool, form, position, *found.values(), sep=" | ", file=sys.stderr, flush=True)
    return {
        "forms": verdicts,
        "tools": {tool: {"seconds": round(seconds[tool], 1), "version": version(tool, commands)} for tool in tools},
    }


def merged(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the parts of one run as one, forms and tools in the order of the table."""
    names = [form.name for form in all_forms() if any(form.name in run["forms"] for run in runs)]
    tools = [tool for tool in TOOLS if all(tool in run["tools"] for run in runs)]
    verdicts = {
        name: {tool: dict(item for run in runs for item in run["forms"][name][tool].items()) for tool in tools}
        for name in names
    }
    seconds = {tool: round(sum(run["tools"][tool]["seconds"] for run in runs), 1) for tool in tools}
    versions = {tool: runs[0]["tools"][tool]["version"] for tool in tools}
    return {"forms": verdicts, "tools": {tool: {"seconds": seconds[tool], "version": versions[tool]} for tool in tools}}


def version(tool: str, commands: Commands) -> str:
    if tool == "consolidate":
        said = subprocess.run([*commands.consolidate, "--version"], capture_output=True, text=True, check=True).stdout
        return said.split()[-1]
    code = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))"
    command = [commands.python, "-c", code, PACKAGES[tool]]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default="", help="interpreter that has the other tools")
    parser.add_argument("--consolidate", default="consolidate", help="the command, as one word of the shell")
    parser.add_argument("--only", default="", help="only forms whose name has this in it")
    parser.add_argument("--tool", action="append", choices=list(TOOLS), help="only this one; may be repeated")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, help="write the verdicts as JSON")
    parser.add_argument("--table", type=Path, action="append", default=[], help="Markdown file that gets the table")
    parser.add_argument(
        "--summary", type=Path, action="append", default=[], help="... the totals, with the table folded away"
    )
    parser.add_argument("--part", default="1/1", help="K/N: every Nth program, from the Kth on")
    parser.add_argument(
        "--verdicts", type=Path, nargs="+", help="results.json of earlier runs or parts: nothing is run"
    )
    given = parser.parse_args(arguments)
    commands = Commands(tuple(shlex.split(given.consolidate)), given.python)
    tools = given.tool or (list(TOOLS) if given.python else ["consolidate"])
    if given.verdicts:
        found = merged([json.loads(path.read_text(encoding="utf-8")) for path in given.verdicts])
    else:
        forms = [form for form in all_forms() if given.only in form.name]
        found = results(forms, tools, commands, given.jobs, given.part)
    if given.out:
        given.out.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    for path in given.table:
        table.insert(path, table.markdown(found))
    for path in given.summary:
        table.insert(path, table.folded(found))
    if "consolidate" in found["tools"]:
        print(table.markdown(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
