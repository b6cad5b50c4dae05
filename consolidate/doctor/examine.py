"""The examination: as far as configuration and repository let it go, each step on what the one before it found."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from consolidate.doctor.file_hazards import entry_hazards, plan_hazards, touched
from consolidate.doctor.finding import Finding, blocks, note, ranked
from consolidate.doctor.git_hazards import repository_hazards
from consolidate.errors import ConsolidateError
from consolidate.plans import Plans
from consolidate.repository import Repository
from planner.model import Plan
from planner.tables import ConfigError


def examine(repository: Repository, plans: Plans) -> list[Finding]:
    """Return every hazard that is found, the worst first. Nothing is changed but the cache of plans."""
    return ranked(list(_findings(repository, plans)))


def _findings(repository: Repository, plans: Plans) -> Iterator[Finding]:
    yield note("python", f"files are read as Python {sys.version_info.major}.{sys.version_info.minor} at most")
    plan: Plan | None = None
    try:
        config = plans.config
        head = repository.resolve("HEAD")
        yield from entry_hazards(repository, config, repository.entries(head))
        plan = plans.new(head)
        yield from plan_hazards(repository, plan)
    except (ConsolidateError, ConfigError) as error:
        where = (error.where,) if error.where else ()
        code = "configuration" if isinstance(error, ConfigError) else getattr(error, "code", "configuration")
        yield blocks(code, error.what, where, error.hint)
    changed, created = touched(plan) if plan is not None else ([], [])
    yield from repository_hazards(repository, changed, created)
