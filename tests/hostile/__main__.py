"""`python -m tests.hostile --plans 5000`: forged plan files, applied to the sample; exit 1 if one edit was believed."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.hostile.forgery import Court, Verdict, summary
from tests.hostile.world import foreign_variables, isolated


def try_part(part: tuple[int, int, int, int]) -> list[Verdict]:
    """Try every `jobs`-th plan, in a repository of its own; the work of a process."""
    seed, plans, first, jobs = part
    for name in foreign_variables():
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="consolidate-hostile-") as folder:
        (Path(folder) / "home").mkdir()
        os.environ.update(isolated(Path(folder) / "home"))
        verdicts = []
        for verdict in Court(Path(folder)).try_many(seed, range(first, plans, jobs)):
            verdicts.append(verdict)
            if len(verdicts) % 250 == 0:
                wrong = sum(bool(verdict.wrong) for verdict in verdicts)
                print(f"{len(verdicts)} plans tried by process {first + 1}, {wrong} wrong", file=sys.stderr)
        return verdicts


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--plans", type=int, default=5000, metavar="N", help="how many plans to forge (5000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed forges others (1)")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes (2)")
    given = parser.parse_args()
    verdicts: list[Verdict] = []
    with ProcessPoolExecutor(given.jobs) as pool:
        for part in pool.map(try_part, [(given.seed, given.plans, first, given.jobs) for first in range(given.jobs)]):
            verdicts += part
    for verdict in verdicts:
        if verdict.wrong:
            print(f"plan {verdict.number} ({verdict.kind}): {verdict.wrong}", file=sys.stderr)
    print(summary(verdicts))
    return int(any(verdict.wrong for verdict in verdicts))


if __name__ == "__main__":
    sys.exit(main())
