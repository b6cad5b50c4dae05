"""Golden cases: `tests/cases/<codemod>/<case>/{before/, after/, expect.toml, plan.txt}`.

`before/` lies over a tree of `tests/cases/bases` that `expect.toml` names. `after/` holds the files that the phases
change, as they are at the end; shims only where `expect.toml` says `shim-text = true`. No `after/`: nothing may change.
`plan.txt` is the plan itself, as `tests/planner/told.py` tells it: what screens, JSON and the proof are made of.

`CONSOLIDATE_ACCEPT=1 pytest tests/test_cases.py -k NAME` writes `after/`, `plan.txt` and the lists of `expect.toml`
anew. What it wrote is to be read before it is committed: it is what happens, not what should.
"""

import ast
import os
import re
import shutil
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from codemods.registry import CODEMODS
from planner.layout import Layout
from planner.model import Action, Plan
from planner.patterns import matcher
from tests.planner.running import run_all, write
from tests.planner.told import told
from tests.planner.trees import CONFIG, Tree, apply_plan, config_of, dangling, plan_of, shown

CASES = Path(__file__).parent / "cases"
ACCEPT = bool(os.environ.get("CONSOLIDATE_ACCEPT"))
SHIMS = {"deprecation-shim", "remove-shim"}
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/expect.toml"))


def load(folder: Path) -> Tree:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Case:
    """A case that is planned: its tree, the plan, and the tree after each phase, the first before all of them."""

    expect: dict
    before: Tree
    plan: Plan
    stages: list[Tree]


@cache
def planned(folder: Path) -> Case:
    expect = tomllib.loads((folder / "expect.toml").read_text(encoding="utf-8"))
    before = {**load(CASES / "bases" / expect["base"]), **load(folder / "before")}
    for path in expect.get("without", []):
        del before[path]
    plan = plan_of(before)
    return Case(expect, before, plan, apply_plan(before, plan))


each_case = pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(CASES).as_posix())


@each_case
def test_case(folder: Path) -> None:
    """The plan and what its phases make of the files are as they were read and committed."""
    case = planned(folder)
    changed = _changed(case.before, case.stages[-1], case.plan, case.expect)
    if ACCEPT:
        _accept(folder, case.expect, case.plan, case.before, changed)
    else:
        _compare(folder, case.expect, case.plan, case.before, changed)
    _check_figures(case.plan, case.before)


@each_case
def test_case_goes_on_working(folder: Path, tmp_path: Path) -> None:
    """After each phase all parses, imports and runs as before it, and at the end there is nothing left to do."""
    case = planned(folder)
    _check_stages(case.stages)
    assert not plan_of(case.stages[-1]).phases, "a second plan finds something to do"
    _check_runs(tmp_path, case.expect, case.stages)


def _changed(before: Tree, after: Tree, plan: Plan, expect: dict) -> Tree:
    """Return the files that differ at the end; those of shims only where they are wanted."""
    edited = {edit.path: set() for phase in plan.phases for edit in phase.files}
    for phase in plan.phases:
        for edit in phase.files:
            edited[edit.path] |= {item.codemod for item in edit.edits}
    different = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert different <= set(edited), "a file outside the phases has changed"
    wanted = {path for path in different if expect.get("shim-text") or not edited[path] <= SHIMS}
    return {path: after[path] for path in wanted if path in after}


def _facts(plan: Plan, before: Tree) -> dict[str, object]:
    """Return what `expect.toml` pins of a plan."""
    deleted = sorted(edit.path for phase in plan.phases for edit in phase.files if edit.deleted)
    facts = {
        "phases": [f"{phase.title}: {' '.join(edit.path for edit in phase.files)}" for phase in plan.phases],
        "shims": [f"{engine.id} {engine.shim}" for engine in plan.engines],
        "deleted": deleted,
        "lacking": [
            f"{engine.id} {item.member}: {item.uses} in {item.files}"
            for engine in plan.engines
            for item in engine.lacking
        ],
        "skipped": [f"{item.path}: {item.reason}" for item in plan.skipped],
        "unproved": [f"{item.path}: {item.reason}" for phase in plan.phases for item in phase.unproved],
        "silent": _silent(plan, before),
    }
    return {key: value for key, value in facts.items() if value}


def _silent(plan: Plan, before: Tree) -> list[str]:
    """Return the lines that hold the name of an engine and are in no reference; a look-alike, or an omission."""
    listed = {(item.path, item.line) for item in plan.references}
    legacy = {engine.path for engine in plan.engines}
    include, exclude = matcher(config_of(before).include), matcher(config_of(before).exclude)
    pattern = re.compile(rb"\b(?:%s)\b" % b"|".join(engine.legacy.last.encode() for engine in plan.engines))
    return [
        f"{path}:{number}"
        for path, data in sorted(before.items())
        if path != CONFIG and path not in legacy and include.fullmatch(path) and not exclude.fullmatch(path)
        for number, line in enumerate(re.split(rb"\r\n|\r|\n", data), 1)
        if pattern.search(line) and (path, number) not in listed
    ]


def _compare(folder: Path, expect: dict, plan: Plan, before: Tree, changed: Tree) -> None:
    after = load(folder / "after")
    for path in sorted(after.keys() | changed.keys()):
        assert changed.get(path, b"(unchanged)") == after.get(path, b"(unchanged)"), path
    assert told(plan) == (folder / "plan.txt").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    facts = _facts(plan, before)
    pinned = {
        key: value
        for key, value in expect.items()
        if key not in ("base", "run", "without", "shim-text", "breaks", "references", "counts")
    }
    assert facts == pinned
    assert len(plan.references) == len(expect.get("references", [])), shown(plan)
    for line, fragment in zip(shown(plan), expect.get("references", []), strict=True):
        head, _, reason = fragment.partition(": ")
        assert line.partition(": ")[0] == head
        assert reason in line.partition(": ")[2]
        assert bool(reason) == (": " in line), line
    assert {action.value: sum(r.action is action for r in plan.references) for action in Action} == expect["counts"]


def _accept(folder: Path, expect: dict, plan: Plan, before: Tree, changed: Tree) -> None:
    shutil.rmtree(folder / "after", ignore_errors=True)
    write(folder / "after", changed)
    kept = {key: expect[key] for key in ("base", "run", "without", "shim-text", "breaks") if key in expect}
    counts = {action.value: sum(r.action is action for r in plan.references) for action in Action}
    facts = {**kept, **_facts(plan, before), "references": shown(plan), "counts": counts}
    lines = []
    for key, value in facts.items():
        if isinstance(value, list):
            lines += [f"{key} = [", *(f"  {_toml(item)}," for item in value), "]"] if value else [f"{key} = []"]
        elif isinstance(value, dict):
            lines.append(f"{key} = {{ {', '.join(f'{name} = {number}' for name, number in value.items())} }}")
        else:
            lines.append(f"{key} = {_toml(value)}")
    (folder / "expect.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "plan.txt").write_text("\n".join(told(plan)) + "\n", encoding="utf-8", errors="surrogateescape")


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}'" if "'" not in str(value) else '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _check_figures(plan: Plan, before: Tree) -> None:
    config = config_of(before)
    include, exclude = matcher(config.include), matcher(config.exclude)
    scanned = [path for path in before if include.fullmatch(path) and not exclude.fullmatch(path) and path != CONFIG]
    assert plan.scanned == len(scanned) == plan.changed + plan.unchanged + len(plan.skipped)
    assert sum(number for engine in plan.engines for _, number in engine.references) == len(plan.references)
    edited = {phase.number: {edit.path for edit in phase.files} for phase in plan.phases}
    for item in plan.references:
        if item.action is Action.REWRITTEN:
            assert item.path in edited.get(item.phase, ()), f"{item.path}:{item.line} is rewritten in no phase"
        else:
            assert item.phase is None
            assert item.reason, f"{item.path}:{item.line} stays without a reason"
    assert {name for phase in plan.phases for name in phase.codemods} <= set(CODEMODS)


def _check_stages(stages: list[Tree]) -> None:
    first = dangling(stages[0])
    for number, stage in enumerate(stages):
        for path, data in stage.items():
            if path.endswith((".py", ".pyi")) and data != stages[0].get(path) and _parses(stages[0].get(path, b"")):
                assert _parses(data), f"{path} does not parse after phase {number}"
        assert dangling(stage) <= first, f"imports dangle after phase {number}"


def _parses(data: bytes) -> bool:
    try:
        ast.parse(data)
    except (SyntaxError, ValueError):
        return False
    return True


def _check_runs(tmp_path: Path, expect: dict, stages: list[Tree]) -> None:
    """Run the program at every stage, and import each module by itself: nothing may fail that did not fail before."""
    folders = [write(tmp_path / str(number), stage) for number, stage in enumerate(stages)]
    layout = Layout(stages[0], config_of(stages[0]).source_roots)
    breaks = set(expect.get("breaks", []))
    tasks = [
        (folder, "", layout.module(path))
        for folder, stage in zip(folders, stages, strict=True)
        for path in sorted(stage)
        if path.endswith(".py") and layout.module(path) and not path.endswith("__main__.py")
    ]
    programs = [(folder, expect["run"], "") for folder in folders] if "run" in expect else []
    answers = run_all([*tasks, *programs])
    failed: dict[Path, set[str]] = {folder: set() for folder in folders}
    why = {}
    for (folder, _, module), (code, text) in zip(tasks, answers, strict=False):
        if code:
            failed[folder].add(module)
            why[module] = text
    for number, folder in enumerate(folders):
        new = failed[folder] - failed[folders[0]] - breaks
        assert not new, f"after phase {number} these can't be imported: { {name: why[name] for name in new} }"
    results = answers[len(tasks) :]
    if results:
        assert results[0][0] == 0, results[0][1]
        assert results[0][1].strip(), "a program that prints nothing shows nothing"
    for number, result in enumerate(results):
        assert result == results[0], f"the program differs after phase {number}"
