"""What reviewers decided, edit by edit: a file of the repository beside the configuration.

It is part of what a plan is made of, as the configuration is: the same commit, configuration and decisions give the
same plan. So it is to be committed, and whoever plans, in another clone or in CI, honours it. A rejection lasts until
it is withdrawn, also where the file has changed since: what a human refused is not done behind their back.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from consolidate.errors import UsageProblem
from consolidate.render.words import number
from planner.held import DECISIONS, Held, with_held

if TYPE_CHECKING:
    from consolidate.review.items import Item
    from planner.config import Config

FORMAT_VERSION = "1.0"
LARGEST = 64 * 1024**2  # bytes
ACCEPTED, REJECTED, UNDECIDED = "accepted", "rejected", "undecided"
VERDICTS = (ACCEPTED, REJECTED, UNDECIDED)
REMOVAL = "remove-shim"  # the codemod whose edits delete files
_LONGEST = 4000  # characters of a comment
_SHOWN = 200  # characters of a comment that the reason in a plan has


class Decision(Struct, frozen=True):
    """What was decided about one edit: `id` names it, `path`, `line` and `codemod` say which one that was."""

    id: str
    path: str
    line: int
    codemod: str
    verdict: str
    comment: str = ""

    @property
    def reason(self) -> str:
        """Why the file is left, on one line."""
        comment = " ".join("".join(char if char.isprintable() else " " for char in self.comment).split())
        short = comment if len(comment) <= _SHOWN else f"{comment[:_SHOWN]}..."
        return f"rejected in review: {short}" if short else "rejected in review"

    @property
    def says_anything(self) -> bool:
        """Tell whether there is something to be kept."""
        return self.verdict != UNDECIDED or bool(self.comment)


class Said(Struct, frozen=True):
    """What an exported file says about an edit; `where` is its place in the file."""

    id: str
    verdict: str
    comment: str
    where: str


def with_decisions(config: Config, root: Path) -> Config:
    """Return the configuration with the files that the decisions in the work tree at `root` hold."""
    return with_held(config, held(read(root, config.name).values()))


def held(decisions: Iterable[Decision]) -> tuple[Held, ...]:
    """Return the files that rejected edits hold, each once; of several reasons the first that has a comment."""
    found: dict[tuple[str, bool], Decision] = {}
    rejected = (item for item in decisions if item.verdict == REJECTED)
    for item in sorted(rejected, key=lambda item: (not item.comment, item.path, item.line, item.id)):
        found.setdefault((item.path, item.codemod == REMOVAL), item)
    return tuple(Held(path, item.reason, removal) for (path, removal), item in sorted(found.items()))


def read(root: Path, migration: str) -> dict[str, Decision]:
    """Return the decisions that are kept in the work tree, by id. Raises UsageProblem where they can't be read."""
    data = _bytes(root / DECISIONS, DECISIONS)
    if data is None:
        return {}
    found = {}
    for where, entry in _entries(data, DECISIONS, migration):
        values = [entry.get(key) for key in ("path", "line", "codemod")]
        if not (isinstance(values[0], str) and isinstance(values[1], int) and isinstance(values[2], str)):
            raise UsageProblem("a decision lacks path, line or codemod", f"{DECISIONS}: {where}", _RESTORE)
        said = _said(entry, f"{DECISIONS}: {where}")
        found[said.id] = Decision(said.id, values[0], values[1], values[2], said.verdict, said.comment)
    return found


def exported(file: Path, migration: str) -> tuple[Said, ...]:
    """Return what a file says that the page exported. Raises UsageProblem."""
    data = _bytes(file, str(file))
    if data is None:
        raise UsageProblem("there is no such file", str(file), "name the file that the page exported")
    return tuple(_said(entry, f"{file}: {where}") for where, entry in _entries(data, str(file), migration))


def merged(decisions: Mapping[str, Decision], said: Iterable[Said], items: Iterable[Item]) -> dict[str, Decision]:
    """Return the decisions with those of an exported file over them; `items` are the edits that can be decided on.

    Raises UsageProblem where the file rejects an edit that neither the plan nor the decisions know: it would be made.
    """
    known = {item.id: Decision(item.id, item.path, item.line, item.codemod, UNDECIDED) for item in items}
    known |= decisions
    result = dict(decisions)
    for entry in said:
        if entry.id in known:
            result[entry.id] = replace(known[entry.id], verdict=entry.verdict, comment=entry.comment)
        elif entry.verdict == REJECTED:
            hint = "make the page again, load the file there, decide on what has changed, and export it"
            raise UsageProblem(f"the plan has no edit {entry.id[:40]}, which is rejected", entry.where, hint)
    return result


def saying(items: Iterable[Item], decisions: Mapping[str, Decision], verdict: str, comment: str) -> tuple[Said, ...]:
    """Return one verdict and comment about several edits; what is empty of these stays as it was."""
    found = []
    for item in items:
        before = decisions.get(item.id)
        known = (before.verdict, before.comment) if before else (UNDECIDED, "")
        found.append(Said(item.id, verdict or known[0], comment or known[1], ""))
    return tuple(found)


def summary(decisions: Mapping[str, Decision]) -> str:
    """Return what is kept now, in a line."""
    count = Counter(item.verdict for item in decisions.values() if item.says_anything)
    files = len({item.path for item in held(decisions.values())})
    if not count:
        return f"nothing is decided; there is no {DECISIONS}"
    left = f" ({number(files, 'file')} left as {'it is' if files == 1 else 'they are'})" if files else ""
    return f"{DECISIONS} has {count[ACCEPTED]} accepted, {count[REJECTED]} rejected{left}; commit it"


def facts(decisions: Mapping[str, Decision]) -> dict[str, Any]:
    """Return what is kept now as JSON has it."""
    count = Counter(item.verdict for item in decisions.values())
    kept = held(decisions.values())
    return {
        "file": DECISIONS,
        "accepted": count[ACCEPTED],
        "rejected": count[REJECTED],
        "commented": sum(bool(item.comment) for item in decisions.values()),
        "left": sorted(item.path for item in kept if not item.removal),
        "undeleted": sorted(item.path for item in kept if item.removal),
    }


def write(root: Path, migration: str, decisions: Mapping[str, Decision]) -> None:
    """Keep the decisions in the work tree, whole or not at all; without any, the file goes."""
    kept = sorted((item for item in decisions.values() if item.says_anything), key=lambda i: (i.path, i.line, i.id))
    place = root / DECISIONS
    if not kept:
        place.unlink(missing_ok=True)
        return
    keys = ("id", "path", "line", "codemod", "verdict", "comment")
    lines = ",\n".join(f"  {json.dumps({key: getattr(item, key) for key in keys})}" for item in kept)
    head = f' "format_version": "{FORMAT_VERSION}",\n "migration": {json.dumps(migration)},\n'
    beside = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(f'{{\n{head} "decisions": [\n{lines}\n ]\n}}\n'.encode("ascii"))
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


_RESTORE = "restore the file from git, or remove it"


def _bytes(file: Path, name: str) -> bytes | None:
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageProblem(f"the decisions cannot be read: {error.strerror}", name, "name a file") from None
    if len(data) > LARGEST:
        raise UsageProblem(f"the decisions are larger than {LARGEST >> 20} MiB", name, _RESTORE)
    return data


def _entries(data: bytes, name: str, migration: str) -> Iterable[tuple[str, dict[str, Any]]]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise UsageProblem("the decisions are no JSON", name, _RESTORE) from None
    if not isinstance(content, dict) or not isinstance(content.get("format_version"), str):
        raise UsageProblem("the decisions have no format_version", name, _RESTORE)
    if content["format_version"].partition(".")[0] != FORMAT_VERSION.partition(".")[0]:
        version = content["format_version"][:20]
        raise UsageProblem(f"the decisions have format {version}", name, f"this program reads {FORMAT_VERSION}")
    if content.get("migration") != migration:
        other = str(content.get("migration"))[:60]
        raise UsageProblem(f"the decisions are of the migration {other}, not of {migration}", name, "name another file")
    if not isinstance(content.get("decisions"), list):
        raise UsageProblem("the decisions are no list", f"{name}: decisions", _RESTORE)
    for index, entry in enumerate(content["decisions"]):
        where = f"decisions[{index}]"
        if not isinstance(entry, dict):
            raise UsageProblem("a decision is no object", f"{name}: {where}", _RESTORE)
        yield where, entry


def _said(entry: Mapping[str, Any], where: str) -> Said:
    id_, verdict, comment = entry.get("id"), entry.get("verdict"), entry.get("comment", "")
    if not isinstance(id_, str) or not isinstance(comment, str):
        raise UsageProblem("a decision has no id, or a comment that is no text", where, _RESTORE)
    if verdict not in VERDICTS:
        raise UsageProblem(f"{str(verdict)[:40]!r} is no verdict", where, f"one of {', '.join(VERDICTS)}")
    return Said(id_, verdict, comment[:_LONGEST], where)
