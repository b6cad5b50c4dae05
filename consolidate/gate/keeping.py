"""The baseline in its repository: read, with a commit's or without, and written where the rules allow it."""

from __future__ import annotations

from collections.abc import Iterable

from consolidate.errors import Refused, UsageProblem
from consolidate.gate import baseline as files
from consolidate.gate.baseline import Baseline
from consolidate.gate.finding import Finding
from consolidate.repository import Repository
from planner.config import Config


def read(repository: Repository, config: Config, since: str | None) -> Baseline | None:
    """Return the baseline of the work tree, None where it has none.

    With `since`, a revision, without the entries that the baseline there lacks; all are kept where it has no baseline,
    for then this one is new. Raises UsageProblem where one cannot be read.
    """
    name = config.check.baseline
    found = files.read(repository.root, name, config.name)
    if since is None:
        return found
    entries = repository.entries(repository.resolve(since))
    for _, data in repository.read_blobs([entry.blob for entry in entries if entry.path == name]):
        if data is None:
            raise UsageProblem("the repository lacks the contents of that file", f"{since}:{name}", "fetch it")
        before = files.load(data, f"{since}:{name}", config.name)
        return Baseline(config.name, found.entries & before.entries) if found is not None else None
    return found


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

    Raises UsageProblem where there is none, Refused (`baseline-grows`) where it would have to grow.
    """
    name = config.check.baseline
    before = files.read(repository.root, name, config.name)
    if before is None:
        raise UsageProblem("there is no baseline", name, "write the first one with --create-baseline")
    after = before.shrunk_to(found)
    if after != before:
        files.write(repository.root, name, after)
    return before, after
