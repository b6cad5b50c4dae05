"""Generated repositories: every phase applied, reverted in every order, and what `revert --check` says compared.

What is compared is what the program says beforehand, what it does then, and what `git revert` does in its place.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from consolidate.gitstep.fresh import create_repository
from tests.fidelity.program import Done, attempt, consolidate, git, text
from tests.property.__main__ import spec_of
from tests.property.gaps import avoid
from tests.property.render import render

CONFIG = "consolidate.toml"


class WrongError(AssertionError):
    """Something that has to hold does not."""


@dataclass(slots=True)
class Trial:
    """One generated repository with all its phases applied. `trees` and `commits` are by phase, `trees[0]` before."""

    root: Path
    counts: Counter[str]
    trees: list[str] = field(default_factory=list)
    commits: list[str] = field(default_factory=list)

    @property
    def phases(self) -> range:
        return range(1, len(self.commits) + 1)

    @property
    def head(self) -> str:
        return text(self.root, "rev-parse", "HEAD")

    @property
    def tree(self) -> str:
        return text(self.root, "rev-parse", "HEAD^{tree}")

    def run(self, *words: str) -> Done:
        return consolidate(self.root, *words)

    def must(self, *words: str) -> Done:
        done = self.run(*words)
        hold(done.code == 0, f"{' '.join(words)} gives {done.code}: {done.err}")
        return done

    def back(self, commit: str) -> None:
        git(self.root, "reset", "-q", "--hard", commit)


def hold(true: bool, what: str) -> None:
    """Raise WrongError unless something is true."""
    if not true:
        raise WrongError(what)


def judge(seed: int, root: Path) -> Counter[str]:
    """Make the repository of a seed in an empty folder and try it all. Raises WrongError."""
    trial = Trial(root, Counter(repositories=1))
    if _make(seed, trial):
        head = trial.head
        for change in (_nothing, (_appended, _edited, _deleted, _merged)[seed % 4]):
            random = Random(f"{seed} {change.__name__}")
            _out_of_order(trial, change, random)
            trial.back(head)
        _newest_first(trial)
        _through(trial)
    return trial.counts


def _make(seed: int, trial: Trial) -> bool:
    package = render(avoid(spec_of(seed)))
    for path, data in {**package.files, CONFIG: toml(package.config).encode()}.items():
        (trial.root / path).parent.mkdir(parents=True, exist_ok=True)
        (trial.root / path).write_bytes(data)
    create_repository(trial.root, "Start")
    trial.trees.append(trial.tree)
    trial.must("apply", "--all")
    for commit in text(trial.root, "rev-list", "--reverse", "HEAD").split()[1:]:
        trial.commits.append(commit)
        trial.trees.append(text(trial.root, "rev-parse", f"{commit}^{{tree}}"))
    trial.counts["phases"] += len(trial.commits)
    trial.counts["without phases"] += not trial.commits
    return bool(trial.commits)


def _newest_first(trial: Trial) -> None:
    """Reverting N..1 gives every tree back; every revert has its trailer; everything can be applied again."""
    for number in reversed(trial.phases):
        trial.must("revert", "--phase", str(number), "--check")
        trial.must("revert", "--phase", str(number))
        hold(trial.tree == trial.trees[number - 1], f"reverting phase {number} gives another tree than before it")
        value = text(trial.root, "show", "-s", "--format=%(trailers:key=Consolidate-Reverts,valueonly)")
        hold(value.strip() == str(number), f"the trailer of the revert of phase {number} is {value!r}")
    hold(text(trial.root, "status", "--porcelain") == "", "the work tree is not clean")
    trial.must("apply", "--all")
    hold(trial.tree == trial.trees[-1], "applying again gives another tree")
    trial.counts["reverted newest first and applied again"] += 1


def _through(trial: Trial) -> None:
    """`--through` gives the tree before the phase, a commit for each."""
    head = trial.head
    for number in trial.phases:
        trial.must("revert", "--phase", str(number), "--through", "--check")
        hold(trial.head == head, "--check moved the branch")
        trial.must("revert", "--phase", str(number), "--through")
        hold(trial.tree == trial.trees[number - 1], f"--through {number} gives another tree than before it")
        made = len(text(trial.root, "rev-list", f"{head}..HEAD").split())
        hold(made == len(trial.phases) - number + 1, f"--through {number} makes {made} commits")
        states = [phase["state"] for phase in json.loads(trial.must("status", "--json").out)["phases"]]
        wanted = ["applied" if phase < number else "reverted" for phase in trial.phases]
        hold(states == wanted, f"after --through {number} the status is {states}")
        trial.counts["through"] += 1
        trial.back(head)


def _out_of_order(trial: Trial, change: Callable[[Trial, Random], str], random: Random) -> None:
    """Predict and try the revert of each phase, on top of what somebody committed since."""
    kind = change(trial, random)
    if not kind:
        return
    head = trial.head
    for number in trial.phases:
        for more in ([], ["--through"]):
            words = ["revert", "--phase", str(number), *more]
            said = trial.run(*words, "--check")
            hold(said.code in (0, 3), f"{' '.join(words)} --check gives {said.code}: {said.err}")
            hold(trial.head == head, "--check moved the branch")
            done = trial.run(*words)
            hold(
                (done.code, done.err) == (said.code, said.err),
                f"{kind}: {' '.join(words)} gives {done.code} {done.err}, and --check had said {said.code} {said.err}",
            )
            tree = trial.tree
            hold(text(trial.root, "status", "--porcelain") == "", "a revert left the work tree other than HEAD")
            hold(done.code == 0 or trial.head == head, "a refused revert moved the branch")
            trial.back(head)
            reverted = [phase for phase in reversed(trial.phases) if phase == number or (more and phase > number)]
            _compare_with_git(trial, reverted, done, tree, kind)
            trial.counts[f"predictions, {kind}"] += 1
            trial.counts["predicted refusals"] += done.code == 3


def _compare_with_git(trial: Trial, phases: list[int], done: Done, tree: str, kind: str) -> None:
    """What goes through must be what `git revert` makes; what is refused for conflicts, git must refuse as well."""
    if done.code and "would conflict" not in done.err:
        return  # out of order: git knows of no order
    head = trial.head
    tried = [
        attempt(trial.root, "-c", "merge.renames=false", "revert", "--no-commit", trial.commits[phase - 1])
        for phase in phases
    ]
    through = not any(each.returncode for each in tried)
    made = text(trial.root, "write-tree") if through else ""
    attempt(trial.root, "revert", "--quit")
    trial.back(head)
    git(trial.root, "clean", "-fdq")
    if done.code == 0:
        hold(through and made == tree, f"{kind}: the revert of {phases} is not what git makes of it")
    else:
        trial.counts["refused, and git would merge it" if through else "refused, and git has a conflict"] += 1


# What somebody commits on top


def _nothing(_trial: Trial, _random: Random) -> str:
    return "nothing on top"


def _files(trial: Trial, random: Random) -> list[str]:
    changed = git(trial.root, "diff", "--name-only", "-z", "--diff-filter=M", trial.trees[0], "HEAD", "--", "*.py")
    paths = sorted(path.decode("utf-8", "surrogateescape") for path in changed.split(b"\0") if path)
    return random.sample(paths, min(len(paths), random.randint(1, 3)))


def _commit(trial: Trial, paths: list[str], how: Callable[[bytes], bytes | None]) -> None:
    for path in paths:
        file = trial.root / path
        data = how(file.read_bytes())
        if data is None:
            file.unlink()
        else:
            file.write_bytes(data)
    git(trial.root, "add", "-A")
    git(trial.root, "commit", "-q", "--allow-empty", "-m", "Mine")


def _appended(trial: Trial, random: Random) -> str:
    paths = _files(trial, random)
    _commit(trial, paths, lambda data: data + b"\n\n\n\n# mine\n")
    return "lines added" if paths else ""


def _edited(trial: Trial, random: Random) -> str:
    paths = _files(trial, random)

    def edit(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        place = random.randrange(len(lines)) if lines else 0
        lines[place : place + 1] = [b"# mine\n", *lines[place : place + 1]]
        return b"".join(lines)

    _commit(trial, paths, edit)
    return "a line added anywhere" if paths else ""


def _deleted(trial: Trial, random: Random) -> str:
    paths = _files(trial, random)[:1]
    _commit(trial, paths, lambda _: None)
    return "a file deleted" if paths else ""


def _merged(trial: Trial, random: Random) -> str:
    """A branch of somebody's from before the last phases, with work in files of phases, merged."""
    paths = _files(trial, random)
    start = random.choice([f"{trial.commits[0]}^", *trial.commits])
    main = text(trial.root, "symbolic-ref", "--short", "HEAD")
    git(trial.root, "switch", "-q", "-C", "side", start)
    there = [path for path in paths if (trial.root / path).is_file()]
    _commit(trial, there, lambda data: data + b"\n\n\n\n# mine\n")
    git(trial.root, "switch", "-q", main)
    git(trial.root, "commit", "-q", "--allow-empty", "-m", "Main goes on")
    merged = attempt(trial.root, "merge", "-q", "--no-edit", "side")
    if merged.returncode:
        git(trial.root, "checkout", "-q", "--ours", ".")
        git(trial.root, "add", "-A")
        git(trial.root, "commit", "-q", "--no-edit")
    return "a merge" if there else ""


def toml(config: dict[str, Any]) -> str:
    """Return a generated package's configuration as TOML."""
    lines = ["[migration]", *_pairs(config["migration"])]
    for engine in config["engine"]:
        lines += ["[[engine]]", *_pairs(engine)]
        for name, table in engine.items():
            if isinstance(table, dict):
                lines += [f"[engine.{name}]", *_pairs(table)]
    return "\n".join(lines) + "\n"


def _pairs(table: dict[str, Any]) -> Iterator[str]:
    return (f"{key} = {json.dumps(value)}" for key, value in table.items() if not isinstance(value, dict))
