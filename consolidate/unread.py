"""What a plan tells beside its decisions: references in what nobody reads, and the files that are skipped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consolidate.assembly import Assembly
from consolidate.snapshots import CommitSnapshot, WorktreeSnapshot
from planner.documents import refused, unreadable
from planner.hazards import LARGEST
from planner.model import Action, Reference, Skipped
from planner.survey import Survey


def told(
    snapshot: CommitSnapshot | WorktreeSnapshot, assembly: Assembly
) -> tuple[tuple[Reference, ...], tuple[Skipped, ...]]:
    """Return the references, those in what nobody reads included, and what is skipped."""
    survey = assembly.survey
    references = assembly.references + _unread(survey, assembly) + _refused(survey, snapshot)
    return references, _skipped(snapshot, survey, assembly)


def _unread(survey: Survey, assembly: Assembly) -> tuple[Reference, ...]:
    found: list[Reference] = []
    for path, reason in sorted(survey.unparsed.items()):
        if path not in assembly.python2:
            found += unreadable(path, survey.contents[path], reason, survey.legacy, survey.mentions)
    return tuple(found)


def _refused(survey: Survey, snapshot: CommitSnapshot | WorktreeSnapshot) -> tuple[Reference, ...]:
    paths = sorted({file.path for file in survey.scanned} & survey.refused.keys())
    found: list[Reference] = []
    for path, data in snapshot.read(paths):
        told = refused(path, data or b"", survey.refused[path], survey.legacy, survey.mentions)
        found += told
        if data is not None and len(data) > LARGEST:
            found += _beyond(path, survey, snapshot, {item.engine for item in told})
    return tuple(found)


def _beyond(
    path: str, survey: Survey, snapshot: CommitSnapshot | WorktreeSnapshot, known: set[str]
) -> Iterator[Reference]:
    """Yield a reference for each other engine whose names stand in a file, perhaps beyond what was read of it."""
    why = f"not read: {survey.refused[path]}; its names stand somewhere in it"
    for engine in survey.config.engines:
        name = engine.legacy.name.rpartition(".")[2] or engine.legacy.module.rpartition(".")[2]
        if engine.id not in known and path in snapshot.containing([name]):
            yield Reference(path, 1, 0, engine.id, "unreadable", Action.MANUAL, name, "", why)


def _skipped(snapshot: CommitSnapshot | WorktreeSnapshot, survey: Survey, assembly: Assembly) -> tuple[Skipped, ...]:
    regular = [file.path for file in survey.scanned if file.mode.startswith("100")]
    skipped: Mapping[str, str] = {
        **{item.path: item.reason for item in survey.skipped},
        **dict.fromkeys(snapshot.missing(regular), snapshot.absent),
        **{path: reason for path, reason in survey.unparsed.items() if path not in assembly.python2},
        **{file.path: survey.refused[file.path] for file in survey.scanned if file.path in survey.refused},
    }
    return tuple(Skipped(path, reason) for path, reason in sorted(skipped.items()))
