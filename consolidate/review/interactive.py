"""The review in a terminal: shape by shape, then edit by edit, with the answers of `git add -p`.

What was decided is kept at once, so a review that is left off goes on with what is still open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from consolidate.render.fold import fold, hanging
from consolidate.render.look import Look
from consolidate.render.words import number
from consolidate.review.decisions import ACCEPTED, REJECTED, REMOVAL
from consolidate.review.items import RISKS, Item
from consolidate.review.kept_back import REASON, Beside, Fate, KeptBack
from consolidate.review.rows import Hunk, Row
from consolidate.review.shape import Shape
from planner.held import Held

Ask = Callable[[str], str]
"""Shows a question and returns the answer, one line; raises EOFError where there is none."""
Keep = Callable[[Sequence[Item], str, str], None]
"""Keeps a verdict and a comment about edits."""

_LINES = 40  # of a hunk that are shown
_FILES = 10  # of those that a rejection keeps back
SHAPES = {
    "y": "accept all edits of this shape",
    "n": "reject all edits of this shape: their files are left as they are",
    "a": "accept this shape and all that follow",
    "d": "reject this shape and all that follow",
    "e": "look at its edits one by one",
    "j": "leave it open, and go on",
    "q": "quit; what is open stays open",
    "?": "this help",
}
EDITS = {
    "y": "accept this edit",
    "n": "reject it: its whole file is left as it is",
    "a": "accept it and all that follow in this shape",
    "d": "reject it and all that follow in this shape",
    "e": "write a comment on it, then decide",
    "j": "leave it open, and go on",
    "q": "quit; what is open stays open",
    "?": "this help",
}


class _Quit(Exception):  # noqa: N818 - nothing went wrong
    """No more questions."""


class Review:
    """Asks about edits. `tell` shows lines of text, `beside` knows what rejections keep back in other files."""

    def __init__(
        self, look: Look, ask: Ask, tell: Callable[[str], None], keep: Keep, beside: Beside | None = None
    ) -> None:
        self._look, self._ask, self._tell, self._keep, self._beside = look, ask, tell, keep, beside
        self._left: set[str] = set()  # files that a rejected edit holds, or keeps back

    def run(self, groups: Sequence[tuple[Shape, Sequence[Item]]]) -> bool:
        """Ask about edits that are open, by shape; return whether all were asked about."""
        try:
            for place, (shape, items) in enumerate(groups):
                still = self._open(items)
                if still and not self._shape(shape, still, groups[place:], f"{place + 1}/{len(groups)}"):
                    return True
        except (_Quit, EOFError):
            return False
        return True

    def _open(self, items: Sequence[Item]) -> list[Item]:
        """Return the edits whose files are not left already."""
        return [item for item in items if item.path not in self._left]

    def _shape(
        self, shape: Shape, items: Sequence[Item], rest: Sequence[tuple[Shape, Sequence[Item]]], place: str
    ) -> bool:
        """Ask about a shape; return whether to go on."""
        for line in self._head(shape, items, place):
            self._tell(line)
        self._show(items[0])
        if len(items) > 1:
            self._tell(self._look.paint(f"and {number(len(items) - 1, 'more edit')} like it", "dim"))
        self._warn(items)
        answer = self._choice(f"Accept {'it' if len(items) == 1 else f'all {len(items)}'}", SHAPES)
        everything = self._open([item for _, group in rest for item in group])
        if answer == "e":
            self._edits(items)
        elif answer != "j":
            self._decide(answer, items, everything)
        return answer not in "ad"

    def _edits(self, items: Sequence[Item]) -> None:
        for index, item in enumerate(items):
            if item.path in self._left:
                continue
            self._show(item)
            self._warn([item])
            comment = ""
            while (answer := self._choice(f"({index + 1}/{len(items)}) Accept this edit", EDITS)) == "e":
                comment = self._ask("Comment: ").strip()
            if answer != "j":
                self._decide(answer, [item], self._open(items[index:]), comment)
            elif comment:
                self._keep([item], "", comment)
            if answer in "ad":
                return

    def _decide(self, answer: str, these: Sequence[Item], and_more: Sequence[Item], comment: str = "") -> None:
        rejects = answer in "nd"
        if rejects and not comment:
            comment = self._ask("Why (empty for no comment): ").strip()
        chosen = and_more if answer in "ad" else these
        self._left.update(item.path for item in chosen if rejects)
        self._keep(chosen, REJECTED if rejects else ACCEPTED, comment)
        if rejects and self._beside is not None:
            kept = self._beside.rejected(_held(chosen)) or ()
            self._left.update(item.path for item in kept if item.fate is Fate.LEFT)
            if answer == "d":
                self._list("They keep back", kept)

    def _warn(self, items: Sequence[Item]) -> None:
        """Tell what the rejection of these would keep back beside their files."""
        if self._beside is None:
            return
        kept = self._beside.of(_held(items))
        which = "it" if len(items) == 1 else "them"
        if kept is None:
            self._tell(f"Rejecting {which} leaves a [[phase]] of the configuration without anything to do")
        else:
            self._list(f"Rejecting {which} keeps back", kept)

    def _list(self, what: str, kept: Sequence[KeptBack]) -> None:
        if not kept:
            return
        self._tell(self._look.paint(f"{what} {number(len(kept), 'other file')}:", "bold"))
        for item in kept[:_FILES]:
            reason = f": {self._look.plain(item.reason)}" if item.reason else ""
            self._tell(f"  {self._look.plain(item.path)} {item.told}{reason}")
        if len(kept) > _FILES:
            self._tell(f"  and {len(kept) - _FILES} more")

    def _choice(self, question: str, answers: dict[str, str]) -> str:
        keys = ",".join(answers)
        while True:
            answer = self._ask(self._look.paint(f"{question} [{keys}]? ", "bold")).strip().lower()
            if answer == "q":
                raise _Quit
            if answer in answers and answer != "?":
                return answer
            for key, meaning in answers.items():
                self._tell(f"{key} - {meaning}")

    # ---- what is asked about ----------------------------------------------------------------------------------------

    def _head(self, shape: Shape, items: Sequence[Item], place: str) -> Iterator[str]:
        look = self._look
        yield ""
        before, after = (look.plain(text or "(nothing)") for text in (shape.before, shape.after))
        title = fold(f"{before} {look.arrow} {after}", look.width, f"[{place}] ", "  ")
        yield from (look.paint(line, "bold") for line in title)
        risk = max((item.risk for item in items), key=RISKS.index)
        facts = (number(len(items), "edit"), shape.codemod, shape.form, f"{risk} risk")
        yield from (look.paint(line, "dim") for line in fold(", ".join(filter(None, facts)), look.width))

    def _show(self, item: Item) -> None:
        look = self._look
        place = f"{look.plain(item.path)}:{item.line}"
        first, *rest = hanging(place, look.plain(f"phase {item.phase}, {item.risk} risk, {item.proof}"), look.width)
        self._tell(look.paint(place, "bold") + first.removeprefix(place))
        for line in rest:
            self._tell(line)
        if item.hunk is None:
            self._tell("the file changes as a whole, and has no text")
            return
        lines = list(_lines(item.hunk, look))
        for line in lines[:_LINES]:
            self._tell(line)
        hidden = len(lines) - _LINES + item.hunk.cut if len(lines) > _LINES else item.hunk.cut
        if hidden > 0:
            self._tell(look.paint(f"{hidden} more lines: consolidate diff --phase {item.phase}", "dim"))


def _held(items: Sequence[Item]) -> list[Held]:
    """Return what the rejection of edits holds, each once."""
    return [Held(*key) for key in sorted({(item.path, REASON, item.codemod == REMOVAL) for item in items})]


def _lines(hunk: Hunk, look: Look) -> Iterator[str]:
    """Yield a hunk as the lines of a unified diff, in colours where the look has any."""
    waiting: list[Row] = []
    for row in (*hunk.rows, None):
        if row is not None and row.changed:
            waiting.append(row)
            continue
        for changed in waiting:
            if changed.old is not None:
                yield look.paint(f"-{_text(changed.old, look)}", "red")
        for changed in waiting:
            if changed.new is not None:
                yield look.paint(f"+{_text(changed.new, look)}", "green")
        waiting = []
        if row is not None and row.old is not None:
            yield f" {_text(row.old, look)}"


def _text(pieces: Sequence[str], look: Look) -> str:
    return "\t".join(map(look.plain, "".join(pieces).split("\t")))
