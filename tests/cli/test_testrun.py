import pytest

from consolidate.errors import UsageProblem
from consolidate.testrun import run_tests


def test_each_test_is_told_with_its_outcome_and_nothing_is_written(tmp_path):
    folder = tmp_path / "code"
    (folder / "tests/unit").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("")
    (folder / "tests/unit/test_a.py").write_text(
        "import pytest\n"
        "class TestA:\n    def test_good(self): pass\n"
        "def test_bad(): assert 0\n"
        "@pytest.mark.skip\ndef test_skipped(): pass\n"
        "@pytest.fixture\ndef broken():\n    yield\n    assert 0\n"
        "def test_teardown(broken): pass\n"
        "@pytest.mark.parametrize('n', [1, 2])\ndef test_n(n): assert n == 1\n"
    )
    (folder / "tests/test_unreadable.py").write_text("import nothing_of_that_name\n")
    results = run_tests(folder)
    module = "tests/unit/test_a.py"
    assert {test: passed for test, passed in results.items() if test.startswith(module)} == {
        f"{module}::TestA::test_good": True,
        f"{module}::test_bad": False,
        f"{module}::test_teardown": False,
        f"{module}::test_n[1]": True,
        f"{module}::test_n[2]": False,
    }
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == [
        "pyproject.toml",
        "test_a.py",
        "test_unreadable.py",
    ]


def test_a_folder_where_pytest_does_not_run_is_refused(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '--no-such-option'\n")
    with pytest.raises(UsageProblem, match="pytest does not run"):
        run_tests(tmp_path)
