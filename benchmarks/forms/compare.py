"""One migration in every form of reference, by consolidate and by four other tools; each result is run and judged.

`python compare.py [--python PYTHON] [--consolidate CMD] [--only WORD] [--out FILE] [--table FILE] [--summary FILE]`
`python compare.py --verdicts FILE [--table FILE] [--summary FILE]` makes the tables of an earlier run again.

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


def results(forms: list[Form], tools: list[str], commands: Commands, jobs: int) -> dict[str, Any]:
    cases = [(form.name, position, program) for form in forms for position, program in form.programs.items()]
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
        "programs": {form.name: len(form.programs) for form in forms},
        "tools": {tool: {"seconds": round(seconds[tool], 1), "version": version(tool, commands)} for tool in tools},
    }


def in_order(found: dict[str, Any]) -> dict[str, Any]:
    """Return what results.json says, forms and tools in the order of the table."""
    forms = {form.name: found["forms"][form.name] for form in all_forms() if form.name in found["forms"]}
    tools = {tool: found["tools"][tool] for tool in TOOLS if tool in found["tools"]}
    return {**found, "forms": forms, "tools": tools}


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
    parser.add_argument("--verdicts", type=Path, help="results.json of an earlier run: nothing is run")
    given = parser.parse_args(arguments)
    commands = Commands(tuple(shlex.split(given.consolidate)), given.python)
    tools = given.tool or (list(TOOLS) if given.python else ["consolidate"])
    if given.verdicts:
        found = in_order(json.loads(given.verdicts.read_text(encoding="utf-8")))
    else:
        found = results([form for form in all_forms() if given.only in form.name], tools, commands, given.jobs)
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
