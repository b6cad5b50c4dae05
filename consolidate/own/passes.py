"""One pass of a phase's own codemods over its files, in memory: what each makes of each, and what is left and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from consolidate.errors import printable
from consolidate.own.hosts import Answer, Hosts, Job
from consolidate.proof.allowed import Failure
from consolidate.proof.equality import sound
from consolidate.proof.layout import parse
from consolidate.proof.names import newly_unbound
from planner.layout import Layout

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]+\b")
_LONGEST = 200


class Change(Struct, frozen=True):
    """What one codemod made of one file."""

    codemod: str
    old: bytes
    new: bytes


class Pass(Struct):
    """The outcome: changes by path, in the order of the codemods; (codemod, path, reason) of what is left; warnings."""

    changes: dict[str, list[Change]] = field(default_factory=dict)
    left: list[tuple[str, str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str, str]] = field(default_factory=list)

    def leave(self, path: str, reason: str) -> None:
        """Drop what was made of a file."""
        changes = self.changes.pop(path)
        self.left.append((changes[-1].codemod, path, reason))


def make_pass(
    hosts: Hosts,
    codemods: Sequence[str],
    contents: Mapping[str, bytes],
    seconds: int,
    layout: Layout,
    progress: Callable[[str, int, int], None],
) -> Pass:
    """Run codemods one after the other, each on what the one before it made; a file that fails is left by that one."""
    found = Pass()
    current = dict(contents)
    for codemod in codemods:
        paths = sorted(current)
        jobs = [_job(codemod, path, current[path], seconds, layout) for path in paths]
        total = len(jobs)
        answers = hosts.run(jobs, lambda done, name=codemod, total=total: progress(f"run {name}", done, total))  # type: ignore[misc]
        for path, answer in zip(paths, answers, strict=True):
            found.warnings += ((codemod, path, tidy(text)) for text in answer.warnings)
            reason = _refusal(path, current[path], answer, layout)
            if reason:
                found.left.append((codemod, path, reason))
            elif answer.code is not None and answer.code != current[path]:
                found.changes.setdefault(path, []).append(Change(codemod, current[path], answer.code))
                current[path] = answer.code
    return found


def tidy(text: str) -> str:
    """Return a message of the user's code as one printable line that is the same in every run."""
    line = _ADDRESS.sub("0x…", printable(" ".join(text.split())))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _job(codemod: str, path: str, data: bytes, seconds: int, layout: Layout) -> Job:
    module = layout.module(path)
    package = module if layout.is_package(path) else module.rpartition(".")[0]
    return Job(codemod, path, module, package, data, seconds)


def _refusal(path: str, old: bytes, answer: Answer, layout: Layout) -> str:
    """Return why a file is left, "" where what the codemod made of it may take its place."""
    if answer.code is None:
        return tidy(answer.reason)
    if answer.code == old:
        return ""
    if isinstance(parse(old), Failure):
        return "this Python cannot read the file, so nothing that it makes can be checked"
    if (failure := sound(old, answer.code)) is not None:
        return f"its result is refused: {tidy(failure.reason)}" + (f" (line {failure.line})" if failure.line else "")
    unbound = newly_unbound(old, answer.code, layout.module(path), layout.is_package(path), ())
    if unbound:
        return f"its result is refused: `{unbound[0].name}` would be unbound (line {unbound[0].line})"
    return ""
