"""Who a review asks what a rejection keeps back: the planner, about the commit that the plan is of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from consolidate.review.kept_back import Answers, Beside, answers, edited
from consolidate.what_if import WhatIf, what_if

if TYPE_CHECKING:
    from consolidate.plans import Chosen, Plans
    from consolidate.session import Session
    from planner.held import Held

_LABEL = "ask what rejections keep back"


def answered(session: Session, plans: Plans, chosen: Chosen, paths: Collection[str]) -> Answers:
    """Return what the rejection of each file of `paths` keeps back.

    Nothing is known of them where the plan was made with another configuration than that of the repository.
    """
    unknown = Answers(unasked=frozenset(edited(chosen.plan)).intersection(paths))
    if not paths or not _is_ours(plans, chosen):
        return unknown

    def progress(done: int, total: int) -> None:
        session.terminal.progress(_LABEL, done, total)

    with _opened(session, plans, chosen) as asked:
        base = asked.plan()
        return unknown if base is None else answers(base, paths, asked.ties(), asked.plan, progress)


@contextmanager
def beside(session: Session, plans: Plans, chosen: Chosen, before: Sequence[Held]) -> Iterator[Beside | None]:
    """Open what tells while a review goes on; `before` are the files that are held already."""
    if not _is_ours(plans, chosen):
        yield None
        return
    with _opened(session, plans, chosen) as asked:
        base = asked.plan(before)
        yield None if base is None else Beside(base, asked.ties(), asked.plan, before)


def _is_ours(plans: Plans, chosen: Chosen) -> bool:
    """Tell whether planning here would give this plan: one of another configuration may come from anywhere."""
    return chosen.plan.config_sha256 == plans.config.sha256


@contextmanager
def _opened(session: Session, plans: Plans, chosen: Chosen) -> Iterator[WhatIf]:
    commit = plans.repository.resolve(chosen.plan.commit)
    with what_if(plans.repository, plans.config, commit, cache=plans.facts, executor=session.executor) as asked:
        yield asked
