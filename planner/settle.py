"""What the contract gate lets move: the legacy modules that become shims, and whom that holds back."""

from __future__ import annotations

from collections.abc import Callable

from planner.found import Found
from planner.model import Action
from planner.survey import Survey


def settle(survey: Survey, can_keep: Callable[[str, frozenset[str]], bool]) -> frozenset[str]:
    """Decide with the contract gate what can move, and return the legacy modules that become shims.

    `can_keep` tells whether what has no successor in a module can stay there beside a shim.

    A legacy module that becomes a shim no longer refers to anything, so its own references do not hold others back; one
    that stays does. The answer is found by starting from the best case and giving up what does not hold.
    """
    candidates = frozenset(
        name
        for name, module in survey.legacy.modules.items()
        if module.path and all(e.mode == "consolidate" and e.shim not in ("none", "warn") for e in module.engines)
    )
    replaced = candidates
    saved = {id(item): (item.action, item.stays, item.needs_legacy) for f in survey.files for item in f.references}
    while True:
        for file in survey.files:
            for item in file.references:
                item.action, item.stays, item.needs_legacy = saved[id(item)]
        for file in survey.files:
            if file.module not in replaced or file.path not in survey.legacy.paths:
                survey.contract.check(file, replaced)
        _hold_givers(survey)
        needed = {item.key.module for item in blocking(survey, replaced)}
        needed |= {name for name in replaced if not can_keep(name, replaced)}
        forced = {
            name for name in needed if all(e.shim in ("alias", "adapter") for e in survey.legacy.modules[name].engines)
        }
        following = replaced - (needed - forced)
        if following == replaced:
            return replaced
        replaced = following


def _hold_givers(survey: Survey) -> None:
    """Let an importer stay where a file that takes the name from it stays: that one gets what the importer has."""
    files = {file.module: file for file in survey.files if file.module}
    for taker in survey.files:
        for item in taker.references:
            if not item.via or not item.stays or item.action is not Action.MANUAL or item.destination.symbol is None:
                continue
            reason = f"{taker.path}:{item.line} takes it from here and stays: {item.stays}"
            for giver in {step.module for step in item.via} & set(files):
                for other in files[giver].of(item.key):
                    other.stay(Action.MANUAL, reason, item.needs_legacy)


def blocking(survey: Survey, replaced: frozenset[str]) -> list[Found]:
    """Return the references for which a legacy implementation must stay."""
    result: list[Found] = []
    for file in survey.files:
        if file.path in survey.legacy.paths and (file.module in replaced):
            continue
        own = file.module if file.path in survey.legacy.paths else ""
        result += [
            item
            for item in file.references
            if item.needs_legacy and item.key.module != own and not _stays_beside(survey, item)
        ]
    return result


def _stays_beside(survey: Survey, item: Found) -> bool:
    """Tell whether a reference needs no more than a definition that can stay beside a shim."""
    engine_names = {engine.legacy.name for engine in survey.legacy.modules[item.key.module].engines}
    named = item.key.name and item.key.name not in engine_names
    return bool(named) and item.destination.symbol is None and item.form != "patch-target"
