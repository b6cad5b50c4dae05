"""The baseline in its repository: read, with a commit's or without, and written where the rules allow it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from consolidate.errors import Refused, UsageProblem
from consolidate.gate import baseline as files
from consolidate.gate.baseline import Baseline, Entry
from consolidate.gate.finding import Finding
from consolidate.gitstep.paths import placed
from consolidate.repository import Repository
from planner.config import Config


def read(repository: Repository, config: Config, since: str | None) -> Baseline | None:
    """Return the baseline of the work tree, None where it has none.

    With `since`, a revision, without the entries that the baseline there lacks, but for those of files that were moved;
    all are kept where it has no baseline, for then this one is new. Raises UsageProblem where one cannot be read.
    """
    name = config.check.baseline
    found = files.read(repository.root, name, config.name)
    if since is None or found is None:
        return found
    commit = repository.resolve(since)
    data = _contents(repository, commit, [name]).get(name)
    if data is None:
        return found
    before = files.load(data, f"{since}:{name}", config.name)
    kept = found.entries & before.entries
    return Baseline(config.name, kept | _moved(repository, commit, before.entries, found.entries - before.entries))


def create(repository: Repository, config: Config, found: Iterable[Finding]) -> Baseline:
    """Write the first baseline, which has everything that was found, and return it. `refuse_second` comes before."""
    made = Baseline(config.name, files.entries_of(found))
    files.write(repository.root, config.check.baseline, made)
    return made


def refuse_second(repository: Repository, config: Config) -> None:
    """Raise Refused (`baseline-exists`) where the work tree or HEAD has a baseline: a new one could be larger."""
    name = config.check.baseline
    if (repository.root / name).exists():
        where, hint = name, "--update-baseline shrinks it"
    elif any(entry.path == name for entry in repository.entries(repository.resolve("HEAD"))):
        where, hint = f"HEAD:{name}", f"restore it (git restore {name}), or commit that it goes"
    else:
        return
    raise Refused("there is a baseline already, which may only shrink", where, hint, code="baseline-exists")


def update(repository: Repository, config: Config, found: Iterable[Finding]) -> tuple[Baseline, Baseline]:
    """Drop what is not there any more, and return the baseline before and after; nothing is written if they are equal.

    The entries of a file that was moved since the baseline was committed move with it. Raises UsageProblem where there
    is none, Refused (`baseline-grows`) where it would have to grow.
    """
    name = config.check.baseline
    before = files.read(repository.root, name, config.name)
    if before is None:
        raise UsageProblem("there is no baseline", name, "write the first one with --create-baseline")
    found = [item for item in found if item.rule == "legacy-reference"]
    grown = files.entries_of(found) - before.entries
    if grown:
        commit = repository.last_change(name) or repository.resolve("HEAD")
        grown = grown - _moved(repository, commit, before.entries, grown)
        before.refuse(item for item in found if (item.path, item.symbol) in grown)
    after = Baseline(config.name, files.entries_of(found))
    if after != before:
        files.write(repository.root, name, after)
    return before, after


def _exists(root: Path, path: str) -> bool:
    """Tell if there is such a file; a path is what a baseline says, and may be none."""
    try:
        return placed(root, path).exists()
    except (OSError, ValueError):
        return False


def _moved(repository: Repository, commit: str, before: frozenset[Entry], new: frozenset[Entry]) -> frozenset[Entry]:
    """Return those of the new entries that are entries from before, of files that were moved since a commit."""
    from consolidate.gate.moves import moves
    from consolidate.gate.places import Places

    root = repository.root
    gone = sorted({path for path, _ in before if not _exists(root, path)})
    if not gone or not new:
        return frozenset()
    blobs = {entry.path: entry.blob for entry in repository.entries(commit)}
    places = Places(root)
    made = sorted({path for path, _ in new} - blobs.keys())
    contents = {path: data for path in made if (data := places.data(path)) is not None}
    was = moves(_contents(repository, commit, gone), contents)
    return frozenset((path, symbol) for path, symbol in new if (was.get(path, ""), symbol) in before)


def _contents(repository: Repository, commit: str, paths: Sequence[str]) -> dict[str, bytes]:
    """Return the contents of the files that a commit has at these paths, and that the repository has."""
    wanted = set(paths)
    blobs = {entry.path: entry.blob for entry in repository.entries(commit) if entry.path in wanted}
    found = dict(repository.read_blobs(sorted(set(blobs.values()))))
    return {path: data for path, blob in blobs.items() if (data := found[blob]) is not None}
