"""`consolidate review`: the edits of a plan, by shape, for people to judge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS
from consolidate.errors import UsageProblem
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.plans import Chosen
    from consolidate.repository import Repository


@click.command("review", short_help=COMMANDS["review"], epilog="Example: consolidate review --html review.html")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="Write the review page to FILE.")
@click.option("--phase", "number", metavar="N", type=int, help="Only the edits of this phase.")
@click.pass_obj
def command(session: Session, file: Path | None, html: Path | None, number: int | None) -> int:
    """Show the edits of a plan by shape, the rarest first.

    FILE is a plan file; without it, it is the plan that is under way, or a plan of HEAD.

    --html writes one page that needs nothing else, neither network nor server.
    """
    if html is None:
        raise UsageProblem("say how to review", "", "give --html FILE")
    with session.repository() as repository:
        plans = session.plans(repository)
        chosen = plans.given(file) if file else plans.to_apply()
        if number is not None:
            chosen.phase(number)
        page = _page(session, repository, chosen, number)
    try:
        html.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageProblem(f"the page cannot be written: {error.strerror}", str(html), "name another file") from None
    return 0


def _page(session: Session, repository: Repository, chosen: Chosen, number: int | None) -> str:
    from consolidate.review.items import items_of
    from consolidate.review.owners import PLACES, read
    from consolidate.review.page import review_page
    from consolidate.tree import Tree

    plan = chosen.plan
    items = items_of(repository, plan, () if number is None else (number,))
    tree = Tree(repository, repository.resolve(plan.commit))
    owners = read({place: tree.read(place) for place in PLACES if tree.blob(place)}.get)
    revert = [session.command("revert", "--phase", str(phase.number)) for phase in plan.phases]
    revert.append(session.command("revert", "--phase", "1", "--through"))
    return review_page(chosen, items, owners, {}, revert)
