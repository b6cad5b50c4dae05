"""The configuration: every way of getting it wrong has a message that names table and key."""

import pytest

from planner.config import Config, parse
from planner.model import Symbol
from planner.tables import ConfigError
from tests.planner.trees import plan_of

TARGET = "app.engine:UserEngine"
LEGACY = "app.legacy:OldEngine"


def table(engine: object = None, phase: object = None, **migration: object) -> dict[str, object]:
    result: dict[str, object] = {"migration": {"name": "one", "target": TARGET, **migration}}
    result["engine"] = [{"legacy": LEGACY}] if engine is None else engine
    if phase is not None:
        result["phase"] = phase
    return result


def engine(**keys: object) -> dict[str, object]:
    return table([{"legacy": LEGACY, **keys}])


def call(signature: object, expression: object) -> dict[str, object]:
    return engine(call={"from": signature, "to": expression})


PHASE = {"title": "All", "codemods": ["rewrite-imports"]}

WRONG = {
    "check no table": ({**table(), "check": 1}, "check", "must be a table", "TOML table"),
    "check key": ({**table(), "check": {"base": "x"}}, "check.base", "unknown key", "baseline"),
    "baseline outside": ({**table(), "check": {"baseline": "a/../../b"}}, "check.baseline", "is no file", "write"),
    "baseline absolute": ({**table(), "check": {"baseline": "/b"}}, "check.baseline", "is no file", "write"),
    "baseline a folder": ({**table(), "check": {"baseline": "b/"}}, "check.baseline", "is no file", "write"),
    "baseline empty": ({**table(), "check": {"baseline": ""}}, "check.baseline", "is no file", "write"),
    "ignored rule": ({**table(), "check": {"ignore": ["shim-unusd"]}}, "check.ignore", "no rule", "'shim-unused'"),
    "current version": ({**table(), "check": {"current-version": "1\n"}}, "check.current-version", "one short", "1.4"),
    "no migration": ({}, "migration", "is missing", "consolidate init"),
    "unknown table": ({**table(), "engines": []}, "engines", "unknown key", "'engine'"),
    "unknown key": (table(targets="x"), "migration.targets", "unknown key 'targets'", "'target'"),
    "no name": ({"migration": {"target": TARGET}}, "migration.name", "is missing", "add it"),
    "name of two words": (table(name="one two"), "migration.name", "is no migration name", "letters"),
    "name too long": (table(name="x" * 41), "migration.name", "is no migration name", "40"),
    "name no string": (table(name=3), "migration.name", "must be a string", "string"),
    "no target": ({"migration": {"name": "one"}}, "migration.target", "is missing", "add it"),
    "target a module": (table(target="app.engine"), "migration.target", "must be a symbol", "package.module:Name"),
    "target a path": (table(target="app/engine.py:X"), "migration.target", "is no symbol", "package.module:Name"),
    "target a keyword": (table(target="app.class:X"), "migration.target", "is no symbol", "package.module:Name"),
    "target empty": (table(target=""), "migration.target", "is no symbol", "package.module:Name"),
    "maximum zero": (table(**{"max-files-per-phase": 0}), "migration.max-files-per-phase", "between 1", "whole"),
    "maximum true": (table(**{"max-files-per-phase": True}), "migration.max-files-per-phase", "between 1", "whole"),
    "maximum text": (table(**{"max-files-per-phase": "9"}), "migration.max-files-per-phase", "between 1", "whole"),
    "root outside": (table(**{"source-roots": ["../x"]}), "migration.source-roots", "leaves", "folders"),
    "root absolute": (table(**{"source-roots": ["/x"]}), "migration.source-roots", "leaves", "folders"),
    "roots empty": (table(**{"source-roots": []}), "migration.source-roots", "is empty", "at least one"),
    "include text": (table(include="**"), "migration.include", "list of strings", "["),
    "exclude numbers": (table(exclude=[1]), "migration.exclude", "list of strings", "["),
    "no engine": (table([]), "engine", "no [[engine]]", "legacy symbol"),
    "engine no array": (table({"legacy": LEGACY}), "engine", "array of tables", "[[engine]]"),
    "two engines": (table([{"legacy": LEGACY}] * 2), "engine[2].legacy", "two engines are called", "keep one"),
    "no legacy": (table([{}]), "engine[1].legacy", "is missing", "add it"),
    "legacy no symbol": (table([{"legacy": "app legacy"}]), "engine[1].legacy", "is no symbol", "package.module"),
    "engine key": (engine(shims="alias"), "engine[1].shims", "unknown key", "'shim'"),
    "itself": (engine(replacement=LEGACY), "engine[1].replacement", "replace itself", "another"),
    "module to symbol": (table([{"legacy": "app.legacy"}]), "engine[1].replacement", "not of one kind", "a module"),
    "symbol to module": (engine(replacement="app.engine"), "engine[1].replacement", "not of one kind", "a module"),
    "shim": (engine(shim="aliass"), "engine[1].shim", "is no value of shim", "alias, adapter, warn, none"),
    "contract": (engine(contract="no"), "engine[1].contract", "is no value", "check, accept"),
    "clash": (engine(**{"on-name-clash": "fail"}), "engine[1].on-name-clash", "is no value", "alias"),
    "mode": (engine(mode="x"), "engine[1].mode", "is no value of mode", "consolidate, report"),
    "exports no table": (engine(exports="x"), "engine[1].exports", "must be a table", "TOML table"),
    "export no name": (engine(exports={"a-b": False}), "engine[1].exports", "no Python name", "Python"),
    "export true": (engine(exports={"a": True}), "engine[1].exports.a", "or, without successor, to false", "false"),
    "export no symbol": (engine(exports={"a": "x y"}), "engine[1].exports.a", "is no symbol", "package.module"),
    "call no table": (engine(call="x"), "engine[1].call", "must be a table", "TOML table"),
    "call key": (engine(call={"form": "()"}), "engine[1].call.form", "unknown key", "'from'"),
    "call half": (engine(call={"from": "()"}), "engine[1].call.to", "is missing", "add it"),
    "call bare": (call("a, b", "E(a)"), "engine[1].call.from", "parentheses", "syntax"),
    "call from broken": (call("(a, a)", "E(a)"), "engine[1].call.from", "stands twice", "syntax"),
    "call from nothing": (call("(a b)", "E(a)"), "engine[1].call.from", "is no parameter list", "syntax"),
    "call from star": (call("(*a)", "E(a)"), "engine[1].call.from", "must not unpack", "syntax"),
    "call from stars": (call("(**a)", "E(a)"), "engine[1].call.from", "must not unpack", "syntax"),
    "call to broken": (call("(a)", "E(a"), "engine[1].call.to", "is no expression", "syntax"),
    "call to name": (call("(a)", "E"), "engine[1].call.to", "must be a call", "syntax"),
    "call to parameter": (call("(a)", "a()"), "engine[1].call.to", "by its name", "syntax"),
    "call to call": (call("(a)", "E()()"), "engine[1].call.to", "by its name", "syntax"),
    "call to twice": (call("(a)", "E(a, a)"), "engine[1].call.to", "stands twice", "syntax"),
    "call to star": (call("(a)", "E(*a)"), "engine[1].call.to", "must not unpack", "syntax"),
    "call to stars": (call("(a)", "E(**a)"), "engine[1].call.to", "must not unpack", "syntax"),
    "call to lambda": (call("(a)", "E(lambda: a)"), "engine[1].call.to", "must not unpack", "syntax"),
    "call to lines": (call("(a)", "E(\na)"), "engine[1].call.to", "one line", "syntax"),
    "call to letters": (call("(a)", "É(a)"), "engine[1].call.to", "ASCII", "syntax"),
    "phase no array": (table(phase=PHASE), "phase", "array of tables", "[[phase]]"),
    "phase key": (table(phase=[{**PHASE, "path": ["x"]}]), "phase[1].path", "unknown key", "'paths'"),
    "phase title": (table(phase=[{"codemods": ["rewrite-imports"]}]), "phase[1].title", "is missing", "add it"),
    "phase title blank": (table(phase=[{**PHASE, "title": " "}]), "phase[1].title", "no printable", "one line"),
    "phase title lines": (table(phase=[{**PHASE, "title": "a\nb"}]), "phase[1].title", "no printable", "one line"),
    "phase without codemods": (table(phase=[{"title": "x"}]), "phase[1].codemods", "is missing", "add it"),
    "phase codemods empty": (table(phase=[{**PHASE, "codemods": []}]), "phase[1].codemods", "is empty", "one"),
    "phase engine": (table(phase=[{**PHASE, "engines": ["OldEngin"]}]), "phase[1].engines", "no engine", "'OldEngine'"),
    "phase codemod": (
        table(phase=[{**PHASE, "codemods": ["rewrite-import"]}]),
        "phase[1].codemods",
        "no codemod",
        "'rewr",
    ),
    "own codemod": (table(phase=[{**PHASE, "codemods": ["a b:C"]}]), "phase[1].codemods", "no symbol", "module:Name"),
    "own codemod in a class": (
        table(phase=[{**PHASE, "codemods": ["a.b:C.d"]}]),
        "phase[1].codemods",
        "no class of a module",
        "package.module:Command",
    ),
    "time limit": (
        table(phase=[{**PHASE, "codemod-time-limit": 0}]),
        "phase[1].codemod-time-limit",
        "between 1 and 3600",
        "whole number",
    ),
    "phase paths": (table(phase=[{**PHASE, "paths": []}]), "phase[1].paths", "is empty", "at least one"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_table_and_key(name: str) -> None:
    given, where, what, hint = WRONG[name]
    with pytest.raises(ConfigError) as caught:
        parse(given)
    assert caught.value.where == where
    assert what in caught.value.what
    assert hint in caught.value.hint
    assert "\n" not in caught.value.what + caught.value.hint


def test_defaults() -> None:
    config = parse(table())
    assert config.engines[0].replacement == config.target == Symbol("app.engine", "UserEngine")
    assert (config.engines[0].shim, config.engines[0].contract, config.engines[0].mode) == (
        "auto",
        "check",
        "consolidate",
    )
    assert config.source_roots == (".",)
    assert config.max_files_per_phase == 100
    assert config.phases == ()
    assert {"**/*.py", "**/*.ipynb", "**/*.md", "**/*.toml"} <= set(config.include)


def test_roots_are_normalised_and_engines_of_a_phase_become_ids() -> None:
    config = parse(table(phase=[{**PHASE, "engines": ["OldEngine"]}], **{"source-roots": ["./src/", ".", "lib//py"]}))
    assert config.source_roots == ("src", ".", "lib/py")
    assert config.phases[0].engines == (LEGACY,)


def test_the_digest_depends_on_what_is_said_and_not_on_its_order() -> None:
    first, second = (
        parse(table()),
        parse({"engine": [{"legacy": LEGACY}], "migration": {"target": TARGET, "name": "one"}}),
    )
    assert first.sha256 == second.sha256
    assert first.sha256 != parse(table(exclude=["x"])).sha256


FILES = {
    "app/__init__.py": b"",
    "app/engine.py": b"class UserEngine: pass\n",
    "app/legacy.py": b"class OldEngine: pass\n",
}
HEAD = '[migration]\nname = "one"\ntarget = "app.engine:UserEngine"\n[[engine]]\nlegacy = "app.legacy:OldEngine"\n'
UNFIT = {
    "module of the target": (HEAD.replace("app.engine:", "app.engin:"), "migration.target", "app.engin", "app.engine"),
    "target": (HEAD.replace("UserEngine", "UserEngin"), "migration.target", "has no UserEngin", "UserEngine"),
    "replacement": (HEAD + 'replacement = "app.engine:Lost"\n', "engine[1].replacement", "has no Lost", "known are"),
    "export": (
        HEAD + '[engine.exports]\na = "app.engine:UserEngines"\n',
        "engine[1].exports.a",
        "has no UserEngines",
        "'UserEngine'",
    ),
    "phase that selects nothing": (
        HEAD + '[[phase]]\ntitle = "None"\ncodemods = ["deprecation-shim"]\npaths = ["lib/**"]\n',
        "phase[1].paths",
        "'None' selects nothing",
        "consolidate plan",
    ),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_does_not_fit_the_commit_is_named(name: str) -> None:
    text, where, what, hint = UNFIT[name]
    with pytest.raises(ConfigError) as caught:
        plan_of({**FILES, "consolidate.toml": text.encode()})
    assert caught.value.where == where
    assert what in caught.value.what
    assert hint in caught.value.hint


def test_a_replacement_that_its_module_makes_up_is_accepted() -> None:
    lazy = b"def __getattr__(name):\n    return type(name, (), {})\n"
    assert isinstance(parse(table()), Config)
    plan = plan_of({**FILES, "app/engine.py": lazy, "consolidate.toml": HEAD.encode()})
    assert [engine.id for engine in plan.engines] == [LEGACY]


def test_what_is_just_allowed_is_taken() -> None:
    assert parse(table(name="x" * 40)).name == "x" * 40
    assert parse(table(name="a")).name == "a"
    for most in (1, 100_000):
        assert parse(table(**{"max-files-per-phase": most})).max_files_per_phase == most
    for limit in (1, 3600):
        assert parse(table(phase=[{**PHASE, "codemod-time-limit": limit}])).phases[0].codemod_time_limit == limit
    assert parse(table(phase=[PHASE])).phases[0].codemod_time_limit == 10
    assert parse(table(phase=[PHASE])).phases[0].engines == ("*",)
    assert parse(table(phase=[PHASE])).phases[0].paths == ("**",)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        (table(**{"max-files-per-phase": 100_001}), "migration.max-files-per-phase"),
        (table(phase=[{**PHASE, "codemod-time-limit": 3601}]), "phase[1].codemod-time-limit"),
        (table(phase=[{**PHASE, "codemod-time-limit": True}]), "phase[1].codemod-time-limit"),
        (table(phase=[PHASE, {**PHASE, "title": ""}]), "phase[2].title"),
        (table([{"legacy": LEGACY}, {"legacy": "a.b:C", "shim": ""}]), "engine[2].shim"),
        (table(name="-a"), "migration.name"),
    ],
)
def test_what_is_just_too_much_is_refused(given: dict[str, object], where: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(given)
    assert caught.value.where == where


def test_long_texts_are_cut_where_they_are_told() -> None:
    for given, what in (
        (table(name="x" * 70), f"{'x' * 60!r} is no migration name"),
        (engine(exports={"a-" * 40: False}), f"{'a-' * 30!r} is no Python name"),
        (table(phase=[{**PHASE, "engines": ["y" * 90]}]), f"no engine is called {'y' * 80}"),
        (table(phase=[{**PHASE, "codemods": ["z" * 90]}]), f"no codemod is called {'z' * 80}"),
        (table(phase=[{**PHASE, "codemods": [f"a:B.{'z' * 90}"]}]), f"a:B.{'z' * 76} is no class of a module"),
    ):
        with pytest.raises(ConfigError) as caught:
            parse(given)
        assert caught.value.what == what


def test_an_engine_is_what_its_table_says() -> None:
    rule = {"from": "(a)", "to": "UserEngine(a)"}
    homes = {"z": "app.z:Z", "b": False, "a": "app.a"}
    given = engine(replacement="app.new:New", shim="warn", contract="accept", mode="report", exports=homes, call=rule)
    (found,) = parse(given).engines
    assert (str(found.legacy), found.id, str(found.replacement)) == (LEGACY, LEGACY, "app.new:New")
    assert (found.shim, found.contract, found.mode, found.on_name_clash) == ("warn", "accept", "report", "alias")
    assert found.exports == (("a", Symbol("app.a")), ("b", None), ("z", Symbol("app.z", "Z")))
    assert found.call is not None
    assert (found.call.signature, found.call.expression) == ("(a)", "UserEngine(a)")


def test_codemods_of_ones_own_are_told_apart() -> None:
    phases = [PHASE, {**PHASE, "codemods": ["a.b:C", "rewrite-calls", "a:D"]}, {**PHASE, "codemods": ["a.b:C"]}]
    found = parse(table(phase=phases)).phases
    assert [item.own for item in found] == [(), ("a.b:C", "a:D"), ("a.b:C",)]
    assert [item.only_own for item in found] == [False, False, True]


def test_of_the_gate_only_the_file_that_is_left_out_has_a_part_in_the_digest():
    plain = parse(table())
    assert parse({**table(), "check": {"current-version": "1", "ignore": ["shim-unused"]}}).sha256 == plain.sha256
    assert parse({**table(), "check": {"baseline": "./.consolidate-baseline.json"}}).sha256 == plain.sha256
    other = parse({**table(), "check": {"baseline": "ci//./b.json"}})
    assert other.sha256 != plain.sha256
    assert other.check.baseline == "ci/b.json"
