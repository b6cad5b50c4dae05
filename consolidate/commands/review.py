"""`consolidate review`: the edits of a plan, by shape, for people to judge."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consolidate.commands import COMMANDS, completing
from consolidate.commands.json_option import json_option
from consolidate.errors import UsageProblem
from consolidate.schemas import document
from consolidate.session import Session

if TYPE_CHECKING:
    from consolidate.plans import Chosen, Plans
    from consolidate.repository import Repository
    from consolidate.review.decisions import Decision
    from consolidate.review.items import Item


@click.command("review", short_help=COMMANDS["review"], epilog="Example: consolidate review --html review.html")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="Write the review page to FILE.")
@click.option(
    "--import", "imported", metavar="FILE", type=click.Path(path_type=Path), help="Keep what the page exported to FILE."
)
@click.option("--interactive", is_flag=True, help="Ask in the terminal: shape by shape, then edit by edit.")
@completing.phase_option("number", help="Only the edits of this phase.")
@json_option("review", "With --import: print what is decided now as JSON.")
@click.pass_obj
def command(
    session: Session,
    file: Path | None,
    html: Path | None,
    imported: Path | None,
    interactive: bool,
    number: int | None,
    as_json: bool,
) -> int:
    """Show the edits of a plan by shape, the rarest first, and keep what is decided about them.

    FILE is a plan file; without it, it is the plan that is under way, or a plan of HEAD as if nothing was rejected.

    --html writes one page that needs nothing else, neither network nor server. Edits are accepted and rejected there,
    and what is decided is exported to a file, which --import keeps in .consolidate-review.json: commit it. From then on
    plans leave every file with a rejected edit as it is, with what must stay with it, and say so.

    --interactive asks in the terminal, with the answers of git add -p, and keeps each answer at once: it may be left
    off at any time, and goes on with what is open.

    Both tell beforehand which other files a rejection keeps back, as plans made without the rejected file have it.
    """
    if [html is not None, imported is not None, interactive].count(True) != 1:
        raise UsageProblem("say how to review", "", "give one of --html FILE, --interactive and --import FILE")
    if interactive and not (sys.stdin.isatty() and session.terminal.look.terminal):
        raise UsageProblem("there is no terminal to ask in", "--interactive", "use --html, then --import")
    if as_json and imported is None:
        raise UsageProblem("--json is for --import", "--json", "`consolidate show --format json` has the edits")
    from consolidate.review.decisions import read
    from consolidate.review.items import items_of

    with session.repository() as repository:
        plans = session.plans(repository, decided=False)
        chosen = plans.given(file) if file else plans.to_apply()
        if number is not None:
            chosen.phase(number)
        items = items_of(repository, chosen.plan, () if number is None else (number,))
        decisions = read(repository.root, chosen.plan.migration)
        if imported is not None:
            _import(session, repository, chosen, imported, items, decisions, as_json)
            return 0
        if interactive:
            _ask(session, repository, plans, chosen, items, decisions)
            return 0
        page = _page(session, repository, plans, chosen, items, decisions)
    if html is not None:
        _write(html, page)
    return 0


def _write(html: Path, page: str) -> None:
    try:
        html.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageProblem(f"the page cannot be written: {error.strerror}", str(html), "name another file") from None


def _import(
    session: Session,
    repository: Repository,
    chosen: Chosen,
    file: Path,
    items: Sequence[Item],
    decisions: dict[str, Decision],
    as_json: bool,
) -> None:
    from consolidate.review.decisions import exported, facts, merged, summary, write

    after = merged(decisions, exported(file, chosen.plan.migration), items)
    write(repository.root, chosen.plan.migration, after)
    if as_json:
        session.terminal.json(document({"migration": chosen.plan.migration, **facts(after)}))
    session.terminal.note(summary(after))


def _ask(
    session: Session,
    repository: Repository,
    plans: Plans,
    chosen: Chosen,
    items: Sequence[Item],
    decisions: dict[str, Decision],
) -> None:
    from consolidate.review.asking import beside
    from consolidate.review.decisions import held, merged, saying, summary, write
    from consolidate.review.interactive import Review
    from consolidate.review.items import ranked

    def keep(these: Sequence[Item], verdict: str, comment: str) -> None:
        nonlocal decisions
        decisions = merged(decisions, saying(these, decisions, verdict, comment), items)
        write(repository.root, chosen.plan.migration, decisions)

    left = {item.path for item in held(decisions.values())}
    still = [item for item in items if item.path not in left and not _is_decided(decisions.get(item.id))]
    terminal = session.terminal
    if not still:
        terminal.out("Nothing to do: every edit is decided on.")
        return
    with beside(session, plans, chosen, held(decisions.values())) as more:
        ended = Review(terminal.look, _answer, terminal.out, keep, more).run(ranked(still))
    terminal.note(summary(decisions) if ended else f"{summary(decisions)}; the same command goes on")


def _is_decided(decision: Decision | None) -> bool:
    return decision is not None and decision.verdict != "undecided"


def _answer(question: str) -> str:
    sys.stdout.write(question)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stdout.write("\n")
        raise EOFError
    return line


def _page(
    session: Session,
    repository: Repository,
    plans: Plans,
    chosen: Chosen,
    items: Sequence[Item],
    decisions: Mapping[str, Decision],
) -> str:
    from consolidate.review.asking import answered
    from consolidate.review.owners import PLACES, read
    from consolidate.review.page import review_page
    from consolidate.tree import Tree

    plan = chosen.plan
    tree = Tree(repository, repository.resolve(plan.commit))
    owners = read({place: tree.read(place) for place in PLACES if tree.blob(place)}.get)
    revert = [session.command("revert", "--phase", str(phase.number)) for phase in plan.phases]
    revert.append(session.command("revert", "--phase", "1", "--through"))
    kept = answered(session, plans, chosen, {item.path for item in items})
    return review_page(chosen, items, owners, decisions, revert, kept)
