"""One engine, one factory, one way to import them. Five of these six are red until the migration is done.

What is legacy, and where it goes, is read from consolidate.toml. A legacy module that is gone is as good as one that
redirects.
"""

import ast
import importlib
import tomllib
from pathlib import Path

import pytest

from netra_backend.app.agents.supervisor.user_execution_engine import UserExecutionEngine, UserExecutionEngineFactory
from netra_backend.app.services.user_execution_context import UserExecutionContext

ROOT = Path(__file__).resolve().parents[2]
APPLICATION = ROOT / "netra_backend"

# It makes agents, too, which the one factory cannot: it stays until agents have a factory of their own.
STAYS = "AgentInstanceFactory"

# Imports that a tool cannot rewrite: see "What is left for a person" in README.md.
FOR_A_PERSON = {
    "netra_backend/app/agents/tool_audit.py",
    "netra_backend/app/services/batch_runner.py",
}


def legacy_engines():
    """Return (module, name, replacement, parameters) of the engines that are to be consolidated."""
    configuration = tomllib.loads((ROOT / "consolidate.toml").read_text(encoding="utf-8"))
    for engine in configuration["engine"]:
        module, _, name = engine["legacy"].partition(":")
        if engine.get("mode") != "report" and name != STAYS:
            replacement = engine.get("replacement", configuration["migration"]["target"])
            signature = engine["call"]["from"] if "call" in engine else "()"
            arguments = ast.parse(f"def f{signature}: pass").body[0].args
            yield module, name, replacement, [one.arg for one in arguments.args], [one.arg for one in arguments.kwonlyargs]


def load(symbol):
    """Return what `module:Name` stands for, or None where there is no such module or name any more."""
    module, _, name = symbol.partition(":")
    try:
        return getattr(importlib.import_module(module), name, None)
    except ModuleNotFoundError:
        return None


def classes_with(method):
    """Return the names of the application's classes that define a method."""
    return sorted(
        node.name
        for path in APPLICATION.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) and item.name == method for item in node.body)
    )


def test_single_execution_engine_implementation():
    engines = [name for name in classes_with("execute_agent") if name.endswith("ExecutionEngine")]
    assert engines == ["UserExecutionEngine"]


def test_deprecated_engines_redirect(registry, bridge, alice):
    values = {
        "registry": registry,
        "websocket_bridge": bridge,
        "user_context": alice,
        "context": alice,
        "emitter": bridge.create_user_emitter(alice),
        "config": None,
    }
    for module, name, replacement, positional, keywords in legacy_engines():
        legacy, new = load(f"{module}:{name}"), load(replacement)
        if legacy is None or legacy is new:
            continue
        assert positional, f"{name} is no alias of {new.__name__}"
        made = legacy(*(values[one] for one in positional), **{one: values[one] for one in keywords})
        assert isinstance(made, new), f"{name} makes a {type(made).__name__}"


def test_no_import_pollution_in_application_code():
    modules = {module for module, *_ in legacy_engines()}
    legacy = {(module, name) for module, name, *_ in legacy_engines()} | {(module, "*") for module in modules}
    polluted = set()
    for path in APPLICATION.rglob("*.py"):
        file = path.relative_to(ROOT).as_posix()
        parts = path.relative_to(ROOT).with_suffix("").parts
        if ".".join(parts) in modules or file in FOR_A_PERSON:
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom):
                base = ".".join((*parts[: len(parts) - node.level], *filter(None, [node.module]))) if node.level else node.module
                if any((base, alias.name) in legacy or f"{base}.{alias.name}" in modules for alias in node.names):
                    polluted.add(file)
            elif isinstance(node, ast.Import) and any(alias.name in modules for alias in node.names):
                polluted.add(file)
    assert not polluted, f"{len(polluted)} files import what is legacy: {', '.join(sorted(polluted))}"


def test_one_factory_makes_all_engines():
    factories = {name for name in classes_with("create_for_user") if name.endswith("Factory")}
    assert factories == {"UserExecutionEngineFactory"}


def test_websocket_bridge_isolation(registry, bridge):
    first, second = UserExecutionContext("first"), UserExecutionContext("second")
    for module, name, replacement, positional, _ in legacy_engines():
        if positional != ["registry", "websocket_bridge", "user_context"]:
            continue
        make = load(f"{module}:{name}") or load(replacement).create_from_legacy
        engines = [make(registry, bridge, user) for user in (first, second)]
        emitters = [getattr(engine, "websocket_emitter", None) for engine in engines]
        assert [getattr(emitter, "user_id", None) for emitter in emitters] == ["first", "second"], name
        with pytest.raises(TypeError):
            make(registry, bridge, object())  # no user context at all


def test_user_execution_engine_canonical_import_path(bridge, alice):
    assert UserExecutionEngine.__module__ == "netra_backend.app.agents.supervisor.user_execution_engine"
    assert UserExecutionEngineFactory.__module__ == UserExecutionEngine.__module__
    assert isinstance(UserExecutionEngineFactory(bridge).create_engine(alice), UserExecutionEngine)
