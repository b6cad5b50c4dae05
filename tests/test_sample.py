"""The sample keeps what it promises before the migration: its tests, its importers, its awkward bytes."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.config import parse

SAMPLE = Path(__file__).resolve().parents[1] / "sample_repo"
APP = SAMPLE / "netra_backend" / "app"
UNREADABLE = {"scripts/broken_migration.py", "scripts/nightly_report.py"}
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "PYTHON", "COV"))},
    "PYTHONDONTWRITEBYTECODE": "1",
}
ENGINE_TESTS = {
    "test_execution_engine",
    "test_supervisor_execution_engine",
    "test_mcp_execution_engine",
    "test_consolidated_execution_engine",
    "test_request_scoped_execution_engine",
    "test_core_execution_engine",
    "test_execution_engine_factory",
    "test_unified_execution_engine_factory",
    "test_execution_factory",
}
RED = {
    "ssot_validation": {
        "test_single_execution_engine_implementation",
        "test_deprecated_engines_redirect",
        "test_no_import_pollution_in_application_code",
        "test_one_factory_makes_all_engines",
        "test_websocket_bridge_isolation",
    },
    "isolation": ENGINE_TESTS,
    "events": ENGINE_TESTS | {"test_tool_engine_keeps_its_notifier"},
    "protecting": set(),
    "unit": set(),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sample") / "repo"
    shutil.copytree(SAMPLE, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


@pytest.fixture(scope="module")
def outcomes(copy: Path) -> dict[str, dict[str, set[str]]]:
    """Return the names of the sample's tests by folder and outcome."""
    report = copy.parent / "report.xml"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--tb=no", f"--junitxml={report}"]
    done = subprocess.run(command, cwd=copy, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1, done.stdout + done.stderr
    result: dict[str, dict[str, set[str]]] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        folder = case.attrib["classname"].split(".")[1]
        kind = "failed" if case.find("failure") is not None else "passed"
        assert case.find("error") is None, f"{case.attrib} could not be run"
        assert case.find("skipped") is None, f"{case.attrib} was skipped"
        result.setdefault(folder, {}).setdefault(kind, set()).add(case.attrib["name"])
    return result


def test_has_no_other_test_groups(outcomes: dict[str, dict[str, set[str]]]) -> None:
    assert set(outcomes) == set(RED)


@pytest.mark.parametrize("folder", RED)
def test_group_fails_exactly_where_told(outcomes: dict[str, dict[str, set[str]]], folder: str) -> None:
    assert outcomes[folder].get("failed", set()) == RED[folder]


def test_validation_has_six_tests_of_which_one_passes(outcomes: dict[str, dict[str, set[str]]]) -> None:
    assert outcomes["ssot_validation"]["passed"] == {"test_user_execution_engine_canonical_import_path"}


def test_protecting_tests_are_many(outcomes: dict[str, dict[str, set[str]]]) -> None:
    assert len(outcomes["protecting"]["passed"]) >= 60
    assert len(outcomes["unit"]["passed"]) >= 20


def test_tests_write_nothing(copy: Path, outcomes: dict[str, dict[str, set[str]]]) -> None:
    assert outcomes
    there = {path.relative_to(copy) for path in copy.rglob("*")}
    assert there == {path.relative_to(SAMPLE) for path in SAMPLE.rglob("*") if "__pycache__" not in path.parts}


def test_every_module_imports_in_a_fresh_process(copy: Path) -> None:
    # One forked child for each module: it has imported nothing of the sample, and costs no interpreter's start.
    modules = sorted(
        ".".join(path.relative_to(copy).with_suffix("").parts).removesuffix(".__init__")
        for folder in ("netra_backend", "scripts")
        for path in (copy / folder).rglob("*.py")
        if path.relative_to(copy).as_posix() not in UNREADABLE
    )
    program = (
        "import importlib, json, os, sys\n"
        "failed = []\n"
        "for name in json.loads(sys.stdin.read()):\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        status = 1\n"
        "        try:\n"
        "            importlib.import_module(name)\n"
        "            status = 0\n"
        "        finally:\n"
        "            os._exit(status)\n"
        "    if os.waitpid(child, 0)[1]:\n"
        "        failed.append(name)\n"
        "print(json.dumps(failed))\n"
    )
    environment = {**ENVIRONMENT, "PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=copy,
        env=environment,
        input=json.dumps(modules),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert len(modules) > 80
    assert json.loads(done.stdout) == []


def _legacy() -> dict[str, set[str]]:
    """Return the names of the twelve engines by their modules, straight from the TOML."""
    configuration = tomllib.loads((SAMPLE / "consolidate.toml").read_text(encoding="utf-8"))
    result: dict[str, set[str]] = {}
    for engine in configuration["engine"]:
        module, _, name = engine["legacy"].partition(":")
        result.setdefault(module, set()).add(name)
    return result


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (module, name) of every import of a file; the name is empty for `import module`."""
    parts = path.relative_to(SAMPLE).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*parts[: len(parts) - node.level], *filter(None, [node.module])])
            base = base if node.level else node.module or ""
            yield from ((base, alias.name) for alias in node.names)


def test_at_least_53_files_import_a_legacy_module() -> None:
    legacy = _legacy()
    own = {f"{module.replace('.', '/')}.py" for module in legacy}
    importers = set()
    for path in SAMPLE.rglob("*.py"):
        file = path.relative_to(SAMPLE).as_posix()
        if file in UNREADABLE | own or file.startswith("archive/"):
            continue
        if any(module in legacy or f"{module}.{name}" in legacy for module, name in _imports(path)):
            importers.add(file)
    application = {file for file in importers if not file.startswith("tests/")}
    assert len(application) >= 45
    assert len(importers) >= 60


def test_configuration_names_twelve_engines_that_exist() -> None:
    config = parse(tomllib.loads((SAMPLE / "consolidate.toml").read_text(encoding="utf-8")))
    assert len(config.engines) == 12
    assert [engine.legacy.name for engine in config.engines if engine.mode == "report"] == [
        "ToolRegistryExecutionEngine"
    ]
    for engine in config.engines:
        homes = [engine.legacy, engine.replacement, *(home for _, home in engine.exports if home is not None)]
        for symbol in homes:
            tree = ast.parse((SAMPLE / f"{symbol.module.replace('.', '/')}.py").read_bytes())
            defined = {
                node.name
                for node in tree.body
                if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
            }
            assert symbol.name in defined, symbol


def test_exports_keep_their_shape() -> None:
    config = parse(tomllib.loads((SAMPLE / "consolidate.toml").read_text(encoding="utf-8")))
    for engine in config.engines:
        for name, home in engine.exports:
            if home is not None and home.name[0].islower():
                old = _function(engine.legacy.module, name)
                new = _function(home.module, home.name)
                assert type(old) is type(new), name
                assert [one.arg for one in old.args.args] == [one.arg for one in new.args.args], name


def _function(module: str, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef:
    tree = ast.parse((SAMPLE / f"{module.replace('.', '/')}.py").read_bytes())
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name:
            return node
    raise AssertionError(f"{module} defines no function {name}")


def test_awkward_bytes_are_there() -> None:
    windows = (APP / "core" / "from_windows.py").read_bytes()
    assert windows.count(b"\r\n") == windows.count(b"\n") > 5
    latin = (APP / "core" / "greetings.py").read_bytes()
    assert latin.startswith(b"# -*- coding: latin-1 -*-")
    with pytest.raises(UnicodeDecodeError):
        latin.decode("utf-8")
    assert (APP / "core" / "marked.py").read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\n\t" in (APP / "core" / "tabbed.py").read_bytes()
    assert not (APP / "core" / "unfinished.py").read_bytes().endswith(b"\n")


@pytest.mark.parametrize("name", ["broken_migration", "nightly_report"])
def test_scripts_that_do_not_parse_name_an_engine(name: str) -> None:
    data = (SAMPLE / "scripts" / f"{name}.py").read_bytes()
    assert b"supervisor.execution_engine import ExecutionEngine" in data
    with pytest.raises(SyntaxError):
        ast.parse(data)


def test_git_keeps_every_byte(copy: Path, tmp_path: Path) -> None:
    """With the attributes of the outer repository, and a user who converts line ends."""
    outer = tmp_path / "outer"
    outer.mkdir()
    shutil.copy(SAMPLE.parent / ".gitattributes", outer)
    shutil.copytree(copy, outer / "sample_repo")
    environment = {**ENVIRONMENT, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*arguments: str) -> bytes:
        command = ["git", "-c", "core.autocrlf=true", *arguments]
        return subprocess.run(command, cwd=outer, env=environment, capture_output=True, check=True).stdout

    git("init", "-q")
    git("add", ".")
    for name in ("from_windows", "greetings", "marked", "tabbed", "unfinished"):
        path = f"sample_repo/netra_backend/app/core/{name}.py"
        assert git("show", f":{path}") == (SAMPLE.parent / path).read_bytes()
    listed = git("ls-files", "-z", "sample_repo").decode().split("\0")
    assert len([path for path in listed if path]) == sum(path.is_file() for path in copy.rglob("*"))
