"""`python -m tests.second_opinion`: the inventory beside what Python sees at run time and beside grimp's graph.

Whole packages are copied into a scratch repository and engines chosen by rule; every place that sees something of a
legacy module must be listed by `plan`, and the other way round, or one of the rules in `explain` says why not.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.second_opinion.compare import Comparison, Opinion
from tests.second_opinion.corpus import (
    HERE,
    Engine,
    Truth,
    child,
    choose,
    commit,
    copy_packages,
    installed,
    observe,
    plan,
)

PACKAGES = ["libcst", "hypothesis", "_pytest", "pytest", "rich", "jinja2", "click", "git", "importlinter"]


@dataclass(frozen=True, slots=True)
class Material:
    """All that is compared: what Python saw, the plan's references, grimp's edges."""

    root: Path
    truth: Truth
    engines: list[Engine]
    plan: dict
    edges: list[list]


def gather(root: Path, packages: dict[str, Path], engines: int, limit: int = 900) -> Material:
    """Make a scratch repository in an empty folder, and ask everybody."""
    copy_packages(root, packages)
    truth = observe(root, list(packages), limit)
    chosen = choose(truth, root, engines)
    commit(root, chosen, truth)
    modules = ",".join(engine.module for engine in chosen)
    edges = child([str(HERE / "edges.py"), str(root), ",".join(packages), modules], root, limit)
    return Material(root, truth, chosen, plan(root, limit), json.loads(edges))


def judge(material: Material) -> Opinion:
    """Compare."""
    comparison = Comparison(material.root, material.truth, material.engines, material.plan)
    comparison.sightings()
    comparison.references_seen()
    comparison.edges(material.edges)
    return comparison.opinion


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; returns 1 where a difference is not explained."""
    parser = argparse.ArgumentParser(prog="python -m tests.second_opinion", description=__doc__)
    parser.add_argument("--packages", nargs="+", default=[], metavar="NAME", help="installed packages")
    parser.add_argument("--path", type=Path, help="the folder of another code base")
    parser.add_argument("--package", nargs="+", default=[], metavar="NAME", help="its packages, with --path")
    parser.add_argument("--engines", type=int, default=20, metavar="N", help="how many engines (20)")
    parser.add_argument("--show", type=int, default=40, metavar="N", help="how many unexplained differences (40)")
    parser.add_argument("--keep", type=Path, help="make the scratch repository here, and leave it")
    options = parser.parse_args(arguments)
    if bool(options.path) != bool(options.package):
        parser.error("--path and --package go together")
    packages = {name: options.path / name for name in options.package}
    packages |= installed(options.packages or ([] if packages else PACKAGES))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="consolidate-second-opinion-") as folder:
        root = options.keep or Path(folder) / "corpus"
        root.mkdir(parents=True)
        material = gather(root.resolve(), packages, options.engines)
        opinion = judge(material)
    print(describe(material, opinion, options.show))
    print(f"{time.monotonic() - started:.0f} s")
    return int(bool(opinion.unexplained))


def describe(material: Material, opinion: Opinion, show: int) -> str:
    """Return a run for people."""
    lines = [
        f"{material.plan['scanned']} files, {len(material.truth.modules)} modules, {len(material.engines)} engines"
    ]
    lines += [f"  engine {item.id} ({item.ranking})" for item in material.engines]
    lines += [f"  cannot be imported here: {name}: {error}" for name, error in material.truth.failed.items()]
    lines += [f"{key}: {number}" for key, number in sorted(opinion.counts.items())]
    for title, reasons in sorted(opinion.explained.items()):
        lines += [title, *(f"  {reason}: {number}" for reason, number in reasons.most_common())]
    lines.append(f"unexplained: {len(opinion.unexplained)}")
    lines += [f"  {item}" for item in opinion.unexplained[:show]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
