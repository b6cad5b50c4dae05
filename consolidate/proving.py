"""The proof of a phase: each edited file against what it was, by code that shares nothing with the codemods."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct

from consolidate.cache.codec import Codec
from consolidate.executors.local import Local
from consolidate.proof import Allowed, CallRule, Failure, prove
from consolidate.proof.equality import prove_equal, sound
from consolidate.proof.imports import ModuleFacts, facts_of_both
from consolidate.proof.insertion import prove_insertion
from consolidate.proof.names import newly_unbound
from consolidate.proof.python2 import prove_tokens
from consolidate.proof.shim import prove_shim
from consolidate.proof.text import prove_text
from consolidate.workers import Care, Workers
from planner.hazards import is_risky
from planner.layout import Layout
from planner.model import FileEdit, Phase, Plan, apply_edits

Rules = Mapping[str, tuple[str, str, str]]
"""The two sides of each engine's call rule and the dotted name of its replacement, by engine id."""


WEIGHT = 4
"""How many times the work of scanning a file it is to prove one."""


def rules_of(plan: Plan) -> Rules:
    """Return the call rules of a plan's engines."""
    return {engine.id: (*engine.call, engine.replacement.dotted) for engine in plan.engines if engine.call[0]}


def allowed(edit: FileEdit, rules: Rules) -> Allowed:
    """Return the differences that an edited file may show."""
    return Allowed(
        moves=edit.renames,
        calls=tuple((name, CallRule(*rules[engine])) for name, engine in edit.calls if engine in rules),
        strings=edit.strings,
        stars=edit.stars,
    )


def prove_file(old: bytes, new: bytes, edit: FileEdit, rules: Rules, layout: Layout) -> Failure | None:
    """Return why the new contents of a file are not proved, None where they are."""
    codemods = {item.codemod for item in edit.edits}
    package = layout.is_package(edit.path)
    if edit.deleted:
        return None
    if not edit.path.endswith((".py", ".pyi")):
        return prove_text(edit.path, old, new, allowed(edit, rules))
    if edit.unproved:
        return sound(old, new)
    if codemods and all(":" in codemod for codemod in codemods):  # the user's own alone
        return prove_equal(old, new)
    if "deprecation-shim" in codemods:
        if len(edit.edits) == 1 and edit.edits[0].start == 0 and edit.edits[0].end == len(old) and old:
            shim = prove_shim(old, new, allowed(edit, rules), module=layout.module(edit.path), is_package=package)
            return shim if isinstance(shim, Failure) else None
        return prove_insertion(old, new)
    if "python2" in codemods:
        return prove_tokens(old, new, allowed(edit, rules))
    return prove(
        old,
        new,
        allowed(edit, rules),
        module=layout.module(edit.path),
        is_package=package,
        comments=not any(":" in codemod for codemod in codemods),  # those of the user's own may change comments
    )


class Task(Struct, frozen=True):
    """One file to prove: what it was, its edits, and where its module lies."""

    old: bytes
    edit: FileEdit
    rules: Rules
    layout: Layout


class Verdict(Struct, frozen=True):
    """Why an edited file may not be committed, "" where it is proved; and what both versions import and have.

    These facts are those that the gates want, None where reading them is left to the gates.
    """

    reason: str
    facts: tuple[ModuleFacts, ModuleFacts] | None = None


def prove_task(task: Task) -> Verdict:
    """Prove an edited file and what its names are bound to; the work of a process."""
    old, edit = task.old, task.edit
    new = apply_edits(old, edit.edits, edit.path)
    failure = prove_file(old, new, edit, task.rules, task.layout)
    if failure is not None:
        return Verdict(f"not proved: {failure.reason}" + (f" (line {failure.line})" if failure.line else ""))
    if not edit.path.endswith((".py", ".pyi")) or any(item.codemod == "python2" for item in edit.edits):
        return Verdict("")
    module, package = task.layout.module(edit.path), task.layout.is_package(edit.path)
    unbound = newly_unbound(old, new, module, package, edit.stars)
    if unbound:
        return Verdict(f"not proved: `{unbound[0].name}` would be unbound (line {unbound[0].line})")
    return Verdict("", facts_of_both(old, new, module, package))


PROVING: Care[Task, Verdict] = Care(
    risky=lambda task: is_risky(task.old), lost=lambda task, reason: Verdict(f"not proved: {reason}")
)
"""How `prove_task` is done by workers."""

VERDICTS: Codec[Verdict] = Codec(Verdict)


def prove_phase(plan: Plan, phase: Phase, contents: Mapping[str, bytes]) -> tuple[Failure, ...]:
    """Prove every file of a phase again on the bytes that are there now, by path; the reasons name the paths.

    It is done by processes of this machine, whoever made the plan.
    """
    layout = Layout((file.path for file in phase.files), plan.source_roots)
    rules = rules_of(plan)
    tasks = [Task(b"" if edit.created else contents[edit.path], edit, rules, layout) for edit in phase.files]
    with Workers(Local(os.cpu_count() or 1)) as workers:
        found = workers.map(_prove_again, tasks, WEIGHT * sum(len(task.old) for task in tasks), _AGAIN)
        return tuple(
            Failure(failure.line, f"{edit.path}: {failure.reason}")
            for edit, failure in zip(phase.files, found, strict=True)
            if failure is not None
        )


def _prove_again(task: Task) -> Failure | None:
    new = apply_edits(task.old, task.edit.edits, task.edit.path)
    return prove_file(task.old, new, task.edit, task.rules, task.layout)


_AGAIN: Care[Task, Failure | None] = Care(
    risky=lambda task: is_risky(task.old), lost=lambda task, reason: Failure(0, reason)
)
