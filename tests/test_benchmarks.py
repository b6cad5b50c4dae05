"""The programs on which the tools are compared: each says which class it uses, and consolidate breaks none of them."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.planner.running import run_all, write
from tests.planner.trees import CONFIG, apply_plan, plan_of

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def forms(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Return the modules of benchmarks/forms, which are scripts beside one another and no package."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks" / "forms"))
    known = set(sys.modules)
    import compare  # type: ignore[import-not-found]
    import judge  # type: ignore[import-not-found]
    import table  # type: ignore[import-not-found]

    found = SimpleNamespace(all=compare.all_forms(), judge=judge, table=table)
    for name in set(sys.modules) - known:
        monkeypatch.delitem(sys.modules, name)
    return found


def test_every_program_runs_and_survives_consolidate(forms: SimpleNamespace, tmp_path: Path) -> None:
    cases = [(form.name, position, program) for form in forms.all for position, program in form.programs.items()]
    assert len({name for name, *_ in cases}) >= 30
    tasks = []
    for number, (name, position, program) in enumerate(cases):
        before = program.tree()
        after = apply_plan(
            before | {CONFIG: program.configuration()}, plan_of(before | {CONFIG: program.configuration()})
        )
        harms = [forms.judge.harmed(before[path], after[-1].get(path, b"")) for path in program.files]
        assert not any(harms), (name, position, harms)
        tasks += [(write(tmp_path / f"{number}-0", before), program.main, "")]
        tasks += [(write(tmp_path / f"{number}-1", after[-1]), program.main, "")]
    answers = run_all(tasks)
    for (name, position, program), (code, was), (_, now) in zip(cases, answers[::2], answers[1::2], strict=True):
        assert code == 0, (name, position, was)
        old = tuple(was.splitlines())
        assert old, (name, position)
        wanted = old if program.untouched else forms.judge.mapped(old)
        assert all(line in pair for line, *pair in zip(now.splitlines(), old, wanted, strict=True)), (
            name,
            position,
            now,
        )


def test_a_table_has_a_row_for_each_form_and_the_figures_of_the_verdicts(
    forms: SimpleNamespace, tmp_path: Path
) -> None:
    verdicts = {"module": {"verdict": "right"}, "try": {"verdict": "silent", "failed": "no"}}
    results = {
        "forms": {"star": {"consolidate": verdicts}},
        "tools": {"consolidate": {"seconds": 2.0, "version": "1"}},
    }
    assert forms.table.markdown(results).splitlines()[2:] == [
        "| star | 2 | 1 / 0 / 0 (and 1 silent) |",
        "| **all** | **2** | **1 / 0 / 0 (and 1 silent)** |",
        "| ended with an error |  | 1 |",
        "| processor time |  | 1.00 |",
    ]
    path = tmp_path / "README.md"
    path.write_text("a\n<!-- compare.py: begin -->\nold\n<!-- compare.py: end -->\nb\n")
    forms.table.insert(path, "new\n")
    assert path.read_text() == "a\n<!-- compare.py: begin -->\n\nnew\n\n<!-- compare.py: end -->\nb\n"
    with pytest.raises(SystemExit):
        forms.table.insert(Path(__file__), "new\n")
