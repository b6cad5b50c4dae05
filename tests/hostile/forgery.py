"""Applies forged plan files, one after another, and judges what became of the repository."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.mutate import MUTATIONS
from tests.hostile.world import Ended, World, copy, fingerprint, make_template

SAMPLE = Path(__file__).parent.parent.parent / "sample_repo"
_PLAN = re.compile(r"Consolidate-Plan: \S+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one forged plan: `kind` of the mutation, `end` (refused 2, refused 3, the same), `wrong` or ""."""

    number: int
    kind: str
    end: str
    wrong: str = ""


class Court:
    """The sample, its saved plan, what every phase of that must give; and forged plans applied to it."""

    def __init__(self, base: Path) -> None:
        files = {
            str(file.relative_to(SAMPLE)): file.read_bytes()
            for file in sorted(SAMPLE.rglob("*"))
            if file.is_file() and not {"__pycache__", ".pytest_cache", ".git"} & set(file.parts)
        }
        self.base, self.files = base, files
        self.template = make_template(base / "template", files)
        self.plan = self.template.plan_file.read_bytes()
        genuine = copy(self.template, base / "genuine")
        assert genuine.run("apply", "--all", str(genuine.plan_file)).code == 0
        self.right = _trees(genuine)
        self._copies = 0
        self._renew()

    def _renew(self) -> None:
        if self._copies:
            shutil.rmtree(self.world.base)
        self._copies += 1
        self.world = copy(self.template, self.base / f"copy-{self._copies}")
        self._before = self.world.state()

    def try_many(self, seed: int, numbers: Iterable[int]) -> Iterator[Verdict]:
        """Yield the verdicts of the plans of these numbers, one of each kind in turn."""
        kinds = list(MUTATIONS)
        for number in numbers:
            yield self.try_one(seed, number, kinds[number % len(kinds)])

    def try_one(self, seed: int, number: int, kind: str) -> Verdict:
        """Forge a plan, apply it, and return the verdict."""
        rng = random.Random(f"{seed} {number}")
        forged = MUTATIONS[kind](self.plan, self.files, rng)
        self.world.plan_file.write_bytes(forged)
        self._before[str(self.world.plan_file)] = fingerprint(self.world.plan_file)
        words = rng.choice((["--all"], ["--all"], ["--phase", "1"], ["--all", "--skip-unproved"]))
        ended = self.world.run("apply", *words, str(self.world.plan_file))
        end, wrong = self._judge(ended)
        if ended.code == 0 or wrong:
            self._renew()
        return Verdict(number, kind, end, wrong)

    def _judge(self, ended: Ended) -> tuple[str, str]:
        after = self.world.state()
        if ended.code:
            wrong = "" if after == self._before else "refused, and something is another"
            wrong = wrong or ("" if ended.code in (2, 3) and ended.one_line else f"{ended.code}: {ended.err}")
            return f"refused {ended.code}", wrong
        if after == self._before:
            return "nothing to do", ""
        root = str(self.world.root)
        elsewhere = [path for path in {*after, *self._before} if not f"{path}/".startswith(f"{root}/")]
        trees = _trees(self.world)
        found = {
            "another tree or message than the genuine plan's": trees != self.right[: len(trees)],
            "something outside of the repository was written": any(
                after.get(path) != self._before.get(path) for path in elsewhere
            ),
            "the work tree is not that of the commit": bool(self.world.git("status", "--porcelain")),
        }
        wrong = ", ".join(what for what, there in found.items() if there)
        return "applied" if wrong else "the same edits", wrong


def _trees(world: World) -> list[str]:
    """Return tree and message of every commit after the first, oldest first; the plan's digest may be another."""
    log = world.git("log", "--reverse", "--format=%T %B%x00", "HEAD")
    return [_PLAN.sub("", entry).strip() for entry in log.split("\0")[1:-1]]


def summary(verdicts: list[Verdict]) -> str:
    """Return how the plans ended, by kind, as lines of text."""
    counts = Counter((verdict.kind, verdict.end) for verdict in verdicts)
    lines = [f"{kind}: {end}: {count}" for (kind, end), count in sorted(counts.items())]
    return "\n".join([*lines, f"{len(verdicts)} plans, {sum(bool(v.wrong) for v in verdicts)} wrong"])
