"""The process of one repository: runs a command of the program there, then tells what the plan and the branch hold."""

from __future__ import annotations

import contextlib
import json
import resource
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from consolidate.campaign.job import Job
from consolidate.campaign.state import Counts, replace_file

if TYPE_CHECKING:
    from consolidate.plans import Plans


def do(job: Job, memory: int) -> None:
    """Do a job with `memory` bytes of address space (0: any), and write its result.

    The result is JSON: `exit`, the program's exit code; `head` and `counts`, as far as they are to be had; `error`.
    """
    if memory:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    code = 0
    if job.words:
        from consolidate.cli import main

        code = main(job.finish) if job.finish and _is_cut_off(job.key) else 0
        code = code or main(job.words)
    found: dict[str, Any] = {"exit": code, "head": "", "counts": None, "error": ""}
    _look(job, found)
    replace_file(job.result, json.dumps(found).encode("ascii"))


def _is_cut_off(directory: str) -> bool:
    from consolidate.errors import ConsolidateError
    from consolidate.repository import Repository

    with contextlib.suppress(ConsolidateError, OSError), Repository.open(Path(directory)) as repository:
        return repository.pending() is not None and not repository.held_by()
    return False


def _look(job: Job, found: dict[str, Any]) -> None:
    from consolidate.errors import ConsolidateError
    from consolidate.executors.local import Local
    from consolidate.plans import Plans
    from consolidate.repository import Repository

    try:
        with Repository.open(Path(job.key)) as repository:
            found["head"] = repository.resolve("HEAD")
            if job.plan.is_file():
                plans = Plans(repository, None, jobs=1, executor=Local(), progress=lambda _, __, ___: None)
                found["counts"] = asdict(_counts(plans, job.plan))
    except (ConsolidateError, OSError) as error:
        found["error"] = str(error)


def _counts(plans: Plans, file: Path) -> Counts:
    chosen = plans.given(file)
    plan = chosen.plan
    actions = Counter(str(item.action) for item in plan.references)
    return Counts(
        digest=plan.digest,
        phases=len(plan.phases),
        applied=len(chosen.applied),
        files=len({edit.path for phase in plan.phases for edit in phase.files}),
        rewritten=actions["rewritten"],
        manual=actions["manual"],
        left=actions["left"],
    )
