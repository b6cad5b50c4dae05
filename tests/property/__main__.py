"""`python -m tests.property --packages 2000`: packages from a seed on; failures are made small and shown."""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from functools import partial
from random import Random

from tests.property.gaps import avoid
from tests.property.judge import Fault, Judge, Verdict
from tests.property.migrate import digest
from tests.property.render import Package, render
from tests.property.shrink import shrink
from tests.property.spec import Spec, draw

_TELLING = re.compile(
    r"[A-Z]\w+Error|fake|patched|overlap|does not parse|captured|not bound|rule makes|cycle|Remove|Put|Move|match"
    r"|has no attribute|comment"
)


def main(arguments: list[str]) -> int:
    """Run the packages that the arguments ask for; returns 1 where something does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.property", description=__doc__)
    parser.add_argument("--packages", type=int, default=2000, metavar="N", help="how many (2000)")
    parser.add_argument("--seed", type=int, default=0, help="the first package's seed (0); the others follow")
    parser.add_argument("--stop", type=int, default=8, metavar="N", help="stop after so many kinds of failure (8)")
    parser.add_argument("--digests", action="store_true", help="only print the digest of each plan")
    parser.add_argument("--no-shrink", action="store_true", help="show failures as they were drawn")
    parser.add_argument("--with-gaps", action="store_true", help="draw what is known not to hold, too")
    options = parser.parse_args(arguments)
    if options.digests:
        for seed in range(options.seed, options.seed + options.packages):
            print(digest(render(avoid(spec_of(seed)))))
        return 0
    failures: dict[str, int] = {}
    counts: Counter[str] = Counter()
    started = time.monotonic()
    with Judge() as judge:
        for seed in range(options.seed, options.seed + options.packages):
            spec = spec_of(seed) if options.with_gaps else avoid(spec_of(seed))
            verdict = judge.judge(render(spec), orders=seed % 20 == 0)
            count(verdict, counts)
            if verdict.faults:
                fault = verdict.faults[0]
                if signature(fault) in failures:
                    counts["failures like one before"] += 1
                    continue
                failures[signature(fault)] = seed
                if not options.no_shrink:
                    spec = shrink(spec, partial(same, judge, signature(fault), options.with_gaps))
                print(f"\n{'=' * 100}\nseed {seed}")
                print(describe(render(spec), judge.judge(render(spec))), flush=True)
                if len(failures) >= options.stop:
                    break
    print(f"\n{time.monotonic() - started:.0f} s; " + ", ".join(f"{key}: {n}" for key, n in sorted(counts.items())))
    print(f"failures at the seeds {sorted(failures.values())}" if failures else "no difference")
    return int(bool(failures))


def spec_of(seed: int) -> Spec:
    """Return the Spec of a seed."""
    return draw(Random(seed), f"k{seed}")


def same(judge: Judge, kind: str, gaps: bool, spec: Spec) -> bool:
    """Tell whether a Spec fails in this way."""
    if not gaps and avoid(spec) != spec:
        return False
    try:
        package = render(spec)
    except (IndexError, ValueError):
        return False
    return any(signature(fault) == kind for fault in judge.judge(package).faults)


def signature(fault: Fault) -> str:
    """Return by what a failure is taken for one that was seen before: its kind and the words that tell errors."""
    return " ".join([fault.kind, *dict.fromkeys(_TELLING.findall(fault.what))])


def count(verdict: Verdict, counts: Counter[str]) -> None:
    """Count what a verdict rests on, so that a run which proves nothing is seen."""
    counts["packages"] += 1
    if not verdict.usable:
        counts["unusable"] += 1
    if verdict.migration is not None:
        counts["phases"] += len(verdict.migration.plan.phases)
        for item in verdict.migration.plan.references:
            counts[item.action.value] += 1


def describe(package: Package, verdict: Verdict) -> str:
    """Return a failing package for a human: its files before and after, its configuration, the plan's references."""
    lines = [f"{fault.kind}, phase {fault.stage}: {fault.what}" for fault in verdict.faults]
    lines.append(f"config: {package.config}")
    shown = [path for path, data in package.files.items() if data and not path.endswith(("recorder.py",))]
    stages = verdict.migration.stages if verdict.migration is not None else [package.files]
    for path in shown:
        lines += [f"--- {path}", package.files[path].decode()]
        last = package.files[path]
        for number, files in enumerate(stages):
            if path not in files:
                lines.append(f"--- {path}: gone in phase {number}")
                break
            if files[path] != last:
                shim = b"_MOVED" in files[path]
                lines += [f"--- {path} after phase {number}", "(the shim)" if shim else files[path].decode()]
            last = files[path]
    if verdict.migration is not None:
        for item in verdict.migration.plan.references:
            lines.append(f"{item.path}:{item.line}: {item.form} {item.text} [{item.action}] {item.new} {item.reason}")
        lines += [f"{e.id} -> {e.replacement}: {e.shim} {e.notes}" for e in verdict.migration.plan.engines]
        lines += [f"note: {note}" for note in verdict.migration.plan.notes]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
