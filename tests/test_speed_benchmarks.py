"""The speed benchmark: its statistics are right, its repositories are the same everywhere, and can be migrated."""

import ast
import re
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = ("changes", "compare_table", "figures", "floor", "generate", "measure", "plot", "scaling_table", "targets")


@pytest.fixture
def speed(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Return the modules of benchmarks/speed, which are scripts beside one another and no package."""
    for folder in ("netra", "speed"):
        monkeypatch.syspath_prepend(str(ROOT / "benchmarks" / folder))
    known = set(sys.modules)
    found = SimpleNamespace(**{name: __import__(name) for name in MODULES})
    for name in set(sys.modules) - known:
        monkeypatch.delitem(sys.modules, name)
    return found


def test_a_ratio_is_one_of_the_same_round_and_what_failed_has_none(speed: SimpleNamespace) -> None:
    figures = speed.figures
    assert figures.ratios([4.0, 9.0, None, 5.0], [2.0, 3.0, 1.0, None]) == [2.0, 3.0]
    assert figures.ratios([4.0, 9.0], [2.0]) == [2.0]  # the other one was measured in the first round only
    assert figures.spread([]) is None
    found = figures.spread([5.0, 1.0, 3.0])
    assert (found.median, found.least, found.most) == (3.0, 1.0, 5.0)


def test_the_exponent_of_a_power_law_is_found(speed: SimpleNamespace) -> None:
    sizes = [1_000, 10_000, 100_000]
    law = speed.figures.power_law(sizes, [0.002 * size**1.3 for size in sizes])
    assert law.exponent == pytest.approx(1.3)
    assert law.at(1_000_000) == pytest.approx(0.002 * 1_000_000**1.3)
    # Starting takes a second: the exponent of all sizes is lower than the one that is seen at the end.
    slow = [1 + size / 1000 for size in sizes]
    assert speed.figures.power_law(sizes, slow).exponent < 0.9 < speed.figures.last_exponent(sizes, slow)
    with pytest.raises(ValueError, match="two sizes"):
        speed.figures.power_law([10, 10], [1, 2])


def test_the_cost_model_is_amdahls(speed: SimpleNamespace) -> None:
    figures = speed.figures
    assert figures.serial_share(10, 5) == 0
    assert figures.serial_share(10, 10) == figures.serial_share(10, 12) == 1
    assert figures.serial_share(10, 6) == pytest.approx(0.2)
    assert figures.amdahl(10, 0.2, 2) == pytest.approx(6)
    assert figures.enough_workers(1.0) == 1
    workers = figures.enough_workers(0.1)
    assert figures.amdahl(1, 0.1, workers) <= 0.125 < figures.amdahl(1, 0.1, workers // 2)


def test_a_target_is_judged_by_the_median_and_the_side_that_is_wanted(speed: SimpleNamespace) -> None:
    target = speed.targets.Target
    lines = {
        "ours": [{"seconds": 1.0}, {"seconds": 2.0}, {"seconds": 9.0}],
        "theirs": [{"seconds": 100.0}, {"seconds": 500.0}, {"seconds": 900.0}],
        "gone": [{"seconds": 3.0, "failed": "exit 1"}],
    }
    facts = {"files": 7}
    judged = speed.compare_table.judged
    results = {"lines": lines, "facts": facts}
    assert judged(target("{files} files", "ours", 2.0), results) == (
        "| 7 files | at most 2.00 s | 2.00 s | 1.00 s to 9.00 s | met |"
    )
    assert judged(target("x", "theirs", 101, beside="ours", least=True), results).endswith("| **missed** |")
    assert judged(target("x", "theirs", 100, beside="ours", least=True), results).endswith("| 100 x to 250 x | met |")
    assert judged(target("x", "gone", 100), results) == "| x | at most 100.00 s | not run | | |"
    costs = speed.compare_table.costs({"lines": {"gone": lines["gone"]}})
    assert "gave up after 3.0 s: exit 1" in costs


def test_what_a_command_costs_includes_the_processes_below_it(speed: SimpleNamespace, tmp_path: Path) -> None:
    code = "import time; held = bytearray(60_000_000); time.sleep(0.4)"
    words = [sys.executable, "-c", code]
    parent = f"import subprocess; [p.wait() for p in [subprocess.Popen({words!r}) for _ in range(2)]]"
    # In a process of its own: what is forked of a large one counts as large before it is anything else.
    program = (
        "import measure, pathlib, sys; folder = pathlib.Path(sys.argv[2]);"
        "run = measure.run([sys.executable, '-c', sys.argv[1]], folder);"
        "print(run.failed or '-', run.seconds, run.largest, run.tree)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, parent, str(tmp_path)],
        cwd=Path(speed.measure.__file__).parent,
        capture_output=True,
        text=True,
        check=True,
    )
    failed, seconds, largest, tree = done.stdout.split()
    assert failed == "-"
    assert float(seconds) >= 0.4
    assert 60 < float(largest) < 110 < float(tree) < 300
    failed = speed.measure.run([sys.executable, "-c", "import sys; sys.exit('no\\nsuch thing')"], tmp_path)
    assert failed.failed == "exit 1: such thing"
    assert not speed.measure.run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, accepted=(0, 3)).failed


def test_a_command_without_an_end_is_killed_with_all_below_it(speed: SimpleNamespace, tmp_path: Path) -> None:
    child = "import time, pathlib; time.sleep(1.5); pathlib.Path('late').touch()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    start = time.monotonic()
    run = speed.measure.run([sys.executable, "-c", parent], tmp_path, limit=0.3)
    assert run.failed == "no end within 0.3 s"
    assert time.monotonic() - start < 1.4
    time.sleep(max(0.0, 1.8 - (time.monotonic() - start)))
    assert not (tmp_path / "late").exists()


def test_edits_of_the_benchmark_change_something_and_still_parse(speed: SimpleNamespace) -> None:
    changes = speed.changes
    source = b'"""Doc."""\r\nfrom __future__ import annotations\r\nimport os\r\nos.sep'
    assert changes.remarked(source, 3) == source.replace(b"from", b"# Looked through in round 3\r\nfrom", 1)
    assert changes.remarked(b"x = 1\n", 3) == changes.lengthened(b"x = 1\n", 3)
    for edited in (changes.remarked(source, 3), changes.lengthened(source, 3)):
        assert edited != source
        ast.parse(edited)


def test_the_floor_looks_for_the_names_that_a_reference_must_contain(speed: SimpleNamespace) -> None:
    engines = [{"legacy": "a.b.old_engine:OldEngine"}, {"legacy": "a.other"}, {"legacy": "a.c.old_engine:Third.part"}]
    assert speed.floor.names({"engine": engines}) == ["OldEngine", "old_engine", "other", "part"]


def test_the_same_seed_gives_the_same_repository(speed: SimpleNamespace) -> None:
    generate = speed.generate
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'benchmarks' / 'speed')!r}); import generate"
    words = [sys.executable, "-c", f"{code}; print(generate.digest(150, 1))"]
    other = subprocess.run(words, env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == generate.digest(150, 1) != generate.digest(150, 2)
    for size in (100, 433, 1000):
        paths = [path for path, _ in generate.files(size, 1)] if size < 1000 else []
        paths = paths or [*generate.FIXED, *(getattr(it, "path", it) for it in generate.modules(size))]
        assert len(paths) == len(set(paths))
        assert sum(path.endswith(".py") for path in paths) == size


def test_a_generated_repository_is_planned_and_applied(speed: SimpleNamespace, tmp_path: Path) -> None:
    place = tmp_path / "generated"
    first = speed.generate.write(place, 200, 1)
    assert not speed.generate.git(place, "status", "--porcelain")
    before = speed.generate.git(place, "grep", "-l", "corp.engines.*_engine", "--", "*.py").split()
    assert len(before) == 2
    words = [sys.executable, "-m", "consolidate", "apply", "--all"]
    done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    grep = ["git", "grep", "-l", "corp.engines.*_engine", "--", "*.py"]
    assert subprocess.run(grep, cwd=place, capture_output=True, check=False).stdout == b""
    assert speed.generate.git(place, "rev-parse", "HEAD^{tree}").strip() != first
    assert speed.generate.write(tmp_path / "again", 200, 1) == first
    for path in ("corp", "tests"):
        for file in (place / path).rglob("*.py"):
            ast.parse(file.read_bytes())


def test_tables_and_plot_hold_the_figures(speed: SimpleNamespace) -> None:
    def runs(seconds: float, memory: float) -> list[dict[str, float]]:
        return [{"seconds": seconds, "processor": seconds, "largest": memory, "tree": memory}]

    results = {
        "machine": {"cores": 2},
        "processes": {"files": 10_000, "seconds": {"1": [10.0], "2": [6.0]}},
        "rounds": 1,
        "sizes": [
            {
                "files": size,
                "held": {"cold": 90.0, "warm": 80.0},
                "runs": {"cold": runs(size**1.2, 90), "warm": runs(1, 80), "after a commit": runs(2, 80)},
            }
            for size in (1_000, 10_000)
        ],
    }
    text = speed.scaling_table.markdown(results)
    assert "| cold: wall time | at most 1.05 | 1.20 | 1.20 | **missed** |" in text
    assert "| warm, nothing changed: wall time | at most 1.05 | 0.00 | 0.00 | met |" in text
    assert "serial share 20%" in text
    plot = speed.scaling_table.plot(results)
    assert plot.startswith("<svg")
    cold, warm, *memory = [
        [tuple(map(float, point.split(","))) for point in line.split(" L")]
        for line in re.findall(r'<path class="line \w+" d="M(.*?)"', plot)
    ]
    assert len(memory) == 2
    assert cold[0][0] < cold[1][0], "more files lie to the right"
    assert cold[0][1] > cold[1][1], "more seconds lie above"
    assert warm[0][1] == warm[1][1] > cold[0][1]
