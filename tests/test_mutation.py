"""The figures of the mutation benchmark: counted from the results, and put where a document has marks for them."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = """\
A = 1
class B:
    @property
    def c(self,
          d=2):
        if (self and
                d):
            return 3
        return 4
"""


@pytest.fixture
def mutation(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Return the modules of benchmarks/mutation, which are scripts beside one another and no package."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks" / "mutation"))
    known = set(sys.modules)
    import report  # type: ignore[import-not-found]
    import run  # type: ignore[import-not-found]

    found = SimpleNamespace(report=report, run=run)
    for name in set(sys.modules) - known:
        monkeypatch.delitem(sys.modules, name)
    return found


def verdict(path: str, line: int, verdict: str) -> dict[str, object]:
    facts = {"path": path, "line": line, "operator": "AddNot", "old": "if a | b:", "new": "if not a | b:", "tests": 3}
    return facts | {"key": f"{path} {line}", "verdict": verdict, "by": "" if verdict == "survived" else "test"}


def test_the_tables_are_counted_from_the_verdicts(mutation: SimpleNamespace, tmp_path: Path) -> None:
    tried = [verdict("planner/a.py", line, "killed") for line in range(8)]
    tried += [verdict("planner/b.py", 8, "timeout"), verdict("codemods/c.py", 9, "survived")]
    results = mutation.report.results(tried) | {"sites": 100, "seed": 1, "commit": "0" * 40}
    document = tmp_path / "README.md"
    document.write_text("a\n<!-- mutation figures: begin -->\nold\n<!-- mutation figures: end -->\nb\n")
    mutation.report.insert(document, results)
    assert document.read_text().splitlines() == [
        "a",
        "<!-- mutation figures: begin -->",
        "",
        "| | mutants | killed | of them by time | share | 95% interval |",
        "|---|---:|---:|---:|---:|---:|",
        "| `codemods/` | 1 | 0 | 0 | 0.0% | 0.0% to 79.3% |",
        "| `planner/` | 9 | 9 | 1 | 100.0% | 70.1% to 100.0% |",
        "| **both** | 10 | 9 | 1 | 90.0% | 59.6% to 98.2% |",
        "",
        "One mutant in 10 places, seed 1, commit `000000000000`.",
        "",
        "<!-- mutation figures: end -->",
        "b",
    ]
    assert "| codemods/c.py:9 | `if a \\| b:` as `if not a \\| b:` | not looked at |" in mutation.report.survivors(
        results
    )
    with pytest.raises(SystemExit):
        mutation.report.insert(Path(__file__), results)


def test_a_line_belongs_to_its_innermost_statement_without_the_body(mutation: SimpleNamespace, tmp_path: Path) -> None:
    path = tmp_path / "source.py"
    path.write_text(SOURCE)
    wanted = {1: (1, 1, False), 3: (3, 5, False), 5: (3, 5, False), 7: (6, 7, True), 8: (8, 8, True), 9: (9, 9, True)}
    assert {line: mutation.run._statement(path, line) for line in wanted} == wanted
