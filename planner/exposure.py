"""Who imports the files that a plan edits, and which tests reach them: import statements, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from planner.contents import Contents
from planner.found import FoundFile
from planner.named import modules_of
from planner.patterns import matcher
from planner.risk import DYNAMIC_FORMS, Exposure
from planner.snapshot import Snapshot
from planner.survey import Survey

_ALL = re.compile(r"(?s).*")
_AT_ONCE = 1000
"""Files whose contents are held at the same time: they may be most of a repository, and nobody else wants them."""


def exposures(survey: Survey, snapshot: Snapshot, paths: Iterable[str]) -> dict[str, Exposure]:
    """Return what is known of the Python files among `paths`.

    A test reaches a file that it imports; where no test does, those count that import one of its importers.
    """
    is_test = matcher(survey.config.tests)
    files = {file.path: file for file in survey.files}
    hubs = {step.module for file in survey.files for item in file.references for step in item.via}
    python = sorted({path for path in paths if path.endswith((".py", ".pyi"))})
    modules = {survey.layout.module(path) for path in python if not is_test.fullmatch(path)} - {""}
    importers = _importers(survey, snapshot, modules)
    tests = {name: {path for path in found if is_test.fullmatch(path)} for name, found in importers.items()}
    between = {
        name: {survey.layout.module(path) for path in importers[name]} - {""} for name in modules if not tests[name]
    }
    every = set().union(*between.values())
    further = _importers(survey, snapshot, every, is_test)
    for name, steps in between.items():
        tests[name] = set().union(*(further[step] for step in steps))
    return {
        path: Exposure(
            importers=len(importers.get(survey.layout.module(path), ())),
            tests=len(tests.get(survey.layout.module(path), ())),
            is_test=bool(is_test.fullmatch(path)),
            dynamic=_dynamic(files.get(path)),
            hub=survey.layout.module(path) in hubs,
        )
        for path in python
    }


def _dynamic(file: FoundFile | None) -> bool:
    """Tell whether a file looks names up by itself, or names an engine in a string that something resolves."""
    return file is not None and (file.facts.dynamic or any(item.form in DYNAMIC_FORMS for item in file.references))


def _importers(
    survey: Survey, snapshot: Snapshot, modules: set[str], among: re.Pattern[str] = _ALL
) -> dict[str, set[str]]:
    """Return the paths (those `among`, matched in full) of the files that import each module."""
    found: dict[str, set[str]] = {module: set() for module in modules}
    if not modules:
        return found
    layout = survey.layout
    holding = snapshot.containing(_needles(modules), (".py", ".pyi"))
    candidates = sorted(path for path in holding if among.fullmatch(path))
    for start in range(0, len(candidates), _AT_ONCE):
        some = Contents.of(snapshot, candidates[start : start + _AT_ONCE])
        for path, names in survey.named(some.blobs).items():
            for module in modules_of(path, names, layout) & modules:
                if layout.module(path) != module:
                    found[module].add(path)
    return found


def _needles(modules: Iterable[str]) -> Sequence[str]:
    """Return what a file that imports one of the modules must hold, one of them at least, in the usual spacing."""
    needles = {"from . import", "from .. import", "from ... import"}
    for module in modules:
        parent, _, last = module.rpartition(".")
        if parent:
            above = parent.rpartition(".")[2]
            needles |= {f"{above}.{last}", f".{last} import", f"{above} import"}
        else:
            needles |= {f"import {last}", f"from {last} "}
    return sorted(needles)
