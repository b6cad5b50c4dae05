"""Configurations that are wrong, and what is said of each."""

from __future__ import annotations

import os
from collections.abc import Callable

from tests.hostile.rows import Row
from tests.hostile.world import CONFIG, World


def _text(name: str, text: str | bytes, says: str, words: tuple[str, ...] = ("plan",), code: int = 2) -> Row:
    return Row(f"configuration: {name}", lambda world: world.configure(text), says, code, words)


def _migration(name: str, line: str, says: str) -> Row:
    """One more line in [migration]."""
    return _text(name, CONFIG.replace("\n\n", f"\n{line}\n\n", 1), says)


def _value(key: str, value: str, says: str) -> Row:
    """Another value of a key of [migration]."""
    lines = [line for line in CONFIG.partition("\n\n")[0].splitlines() if not line.startswith(f"{key} =")]
    head = "\n".join([*lines, f"{key} = {value}"])
    return _text(f"{key} = {value[:50]!a}", f"{head}\n\n{CONFIG.partition(chr(10) * 2)[2]}", says)


def _engine(name: str, lines: str, says: str) -> Row:
    """More lines in the last [[engine]]."""
    return _text(name, f"{CONFIG}{lines}\n", says)


def _phase(name: str, lines: str, says: str) -> Row:
    return _text(name, f"{CONFIG}\n[[phase]]\n{lines}\n", says)


def _project(name: str, text: str, says: str) -> Row:
    def make(world: World) -> None:
        (world.root / "consolidate.toml").unlink()
        world.write("pyproject.toml", text)

    return Row(f"pyproject: {name}", make, says)


def _place(name: str, make: Callable[[World], object], says: str) -> Row:
    def remade(world: World) -> None:
        (world.root / "consolidate.toml").unlink()
        make(world)

    return Row(f"configuration: {name}", remade, says)


def _huge(world: World) -> None:
    with (world.root / "consolidate.toml").open("wb") as file:
        os.truncate(file.fileno(), 3 * 1024**3)


_OLD = '[[engine]]\nlegacy = "app.legacy:OldEngine"\n'
_HEAD = '[migration]\nname = "small"\ntarget = "app.engine:Engine"\n'
_TITLE = 'title = "t"\n'
ROWS = [
    # No configuration at all.
    _place("absent", lambda world: None, "no configuration"),
    _place("a folder", lambda world: (world.root / "consolidate.toml").mkdir(), "no configuration"),
    _place("a pipe", lambda world: os.mkfifo(world.root / "consolidate.toml"), "no configuration"),
    _place("a dangling link", lambda world: (world.root / "consolidate.toml").symlink_to("x"), "no configuration"),
    _place(
        "a link to itself",
        lambda world: (world.root / "consolidate.toml").symlink_to("consolidate.toml"),
        "no configuration",
    ),
    _place("a device", lambda world: (world.root / "consolidate.toml").symlink_to("/dev/zero"), "no configuration"),
    _place("three gigabytes", _huge, "larger than"),
    # No TOML.
    _text("empty", "", "[migration] is missing"),
    _text("binary", bytes(range(255, 0, -1)), "cannot be read"),
    _text("not UTF-8", CONFIG.encode() + b"# \xff\n", "cannot be read"),
    _text("UTF-16", CONFIG.encode("utf-16"), "cannot be read"),
    _text("NUL", CONFIG + "\0", "cannot be read"),
    _text("a byte order mark", b"\xef\xbb\xbf" + CONFIG.encode(), "cannot be read"),
    _text("carriage returns", CONFIG.replace("\n", "\r"), "cannot be read"),
    _text("an escape", CONFIG + 'x = "\x1b[2J"', "cannot be read"),
    _text("a key twice", CONFIG.replace("target", 'name = "b"\ntarget'), "cannot be read"),
    _text("a table twice", CONFIG + '[migration]\nname = "b"\n', "cannot be read"),
    _text("an open string", CONFIG + 'x = "abc', "cannot be read"),
    _text("a surrogate", CONFIG + 'x = "\\ud800"\n', "cannot be read"),
    _text("a date that is none", CONFIG + "x = 2024-13-45\n", "cannot be read"),
    _text("a time that is none", CONFIG + "x = 2024-01-01T99:99:99Z\n", "cannot be read"),
    _text("a number of 10,000 digits", f"x = {'9' * 10_000}\n{CONFIG}", "cannot be read"),
    _text("deep lists", f"x = {'[' * 20_000}", "cannot be read"),
    _text("deep tables", f"x = {'{a=' * 20_000}", "cannot be read"),
    _text("deep and right", f"x = {'[' * 900}{']' * 900}\n{CONFIG}", ""),
    _text("a key of many parts", f"{'.'.join('a' * 5000)} = 1\n{CONFIG}", ""),
    _text("JSON", '{"migration": {"name": "small"}}', "cannot be read"),
    _text("YAML", "migration:\n  name: small\n", "cannot be read"),
    # Unknown keys.
    _text("an unknown table", CONFIG + "\n[migrations]\n", "did you mean 'migration'?"),
    _text("an unknown array", CONFIG + '\n[[engines]]\nlegacy = "a:B"\n', "did you mean 'engine'?"),
    _migration("an unknown key", 'targets = "a:B"', "did you mean 'target'?"),
    _migration("an underscore", "source_roots = []", "did you mean 'source-roots'?"),
    _migration("a key with a newline", '"a\\nb" = 1', "unknown key"),
    _migration("a key of a megabyte", f"{'x' * 1_000_000} = 1", "unknown key"),
    _migration("an empty key", '"" = 1', "unknown key ''"),
    _migration("a key that looks like Latin", '"n\u0430me" = "x"', "unknown key"),
    _engine("an engine's unknown key", 'legcy = "a:B"', "did you mean 'legacy'?"),
    _phase("a phase's unknown key", 'titel = "x"', "did you mean 'title'?"),
    _engine("a rule's unknown key", '[engine.call]\nform = "()"\nto = "Engine()"', "did you mean 'from'?"),
    # Wrong types.
    _text("migration is text", 'migration = "x"\n', "must be a table"),
    _text("migration is an array", '[[migration]]\nname = "x"\n', "must be a table"),
    _text("engine is a table", f'{_HEAD}[engine]\nlegacy = "a:B"\n', "array of tables"),
    _text("engine is text", f'engine = "a"\n{_HEAD}', "array of tables"),
    _text("engine is a list of text", f'engine = ["a"]\n{_HEAD}', "array of tables"),
    _text("phase is a number", f"phase = 1\n{CONFIG}", "array of tables"),
    _text("no engine", _HEAD, "no [[engine]]"),
    _value("name", "1", "must be a string"),
    _value("name", "true", "must be a string"),
    _value("name", "[]", "must be a string"),
    _value("name", "{}", "must be a string"),
    _value("name", "2024-01-01", "must be a string"),
    _value("source-roots", '"."', "list of strings"),
    _value("source-roots", "[1]", "list of strings"),
    _value("source-roots", "[]", "is empty"),
    _value("include", "[]", "is empty"),
    _value("include", "{}", "list of strings"),
    _value("exclude", '"archive"', "list of strings"),
    _value("tests", "[[]]", "list of strings"),
    _value("removal-version", "2.0", "must be a string"),
    _value("max-files-per-phase", '"100"', "number of files"),
    _value("max-files-per-phase", "0", "number of files"),
    _value("max-files-per-phase", "-1", "number of files"),
    _value("max-files-per-phase", "1.5", "number of files"),
    _value("max-files-per-phase", "inf", "number of files"),
    _value("max-files-per-phase", "nan", "number of files"),
    _value("max-files-per-phase", "true", "number of files"),
    _value("max-files-per-phase", "99999999999999999999999", "number of files"),
    _engine("a call is text", 'call = "x"', "must be a table"),
    _engine("exports are a list", 'exports = ["a"]', "must be a table"),
    _engine("an export is true", "[engine.exports]\nx = true", "to false"),
    _engine("an export is a number", "[engine.exports]\nx = 0", "to false"),
    _engine("a shim is a flag", "shim = true", "must be a string"),
    _phase("codemods are text", f'{_TITLE}codemods = "python2"', "list of strings"),
    _phase("no codemods", f"{_TITLE}codemods = []", "is empty"),
    _phase("a title is a number", 'title = 1\ncodemods = ["python2"]', "must be a string"),
    _phase("a limit of no seconds", f'{_TITLE}codemods = ["python2"]\ncodemod-time-limit = 0', "3600 seconds"),
    _phase("a limit of years", f'{_TITLE}codemods = ["python2"]\ncodemod-time-limit = 999999999', "3600 seconds"),
    # Values that are too long, or odd.
    _value("name", '""', "no migration name"),
    _value("name", '"a b"', "no migration name"),
    _value("name", '"a\\nConsolidate-Phase: 1/1"', "no migration name"),
    _value("name", '"--output=x"', "no migration name"),
    _value("name", '"../x"', "no migration name"),
    _value("name", '"caf\u00e9"', "no migration name"),
    _value("name", '"a\u202eb"', "no migration name"),
    _value("name", f'"{"x" * 41}"', "no migration name"),
    _value("name", f'"{"x" * 3_000_000}"', "short string"),
    _value("target", f'"{"a." * 2_000_000}b:C"', "short string"),
    _value("include", f'["{"*" * 200_000}"]', "list of strings"),
    _value("removal-version", '"2.0\\"\\"\\"\\nimport os"', "removal-version"),
    _value("removal-version", '"\\u0000"', "removal-version"),
    _value("removal-version", '"\\u202e0.2"', "removal-version"),
    _value("removal-version", f'"{"9" * 9000}"', "removal-version"),
    _phase("a title with a newline", 'title = "a\\nb"\ncodemods = ["python2"]', "no printable text"),
    _phase("a title of blanks", 'title = "  "\ncodemods = ["python2"]', "no printable text"),
    _phase("a title that runs backwards", 'title = "\\u202e"\ncodemods = ["python2"]', "no printable text"),
    # Symbols.
    _value("target", '"app.engine"', "not a module"),
    _value("target", '"app.engine:"', "no symbol"),
    _value("target", '":Engine"', "no symbol"),
    _value("target", '""', "no symbol"),
    _value("target", '"app/engine.py:Engine"', "no symbol"),
    _value("target", '"app.engine.Engine"', "not a module"),
    _value("target", '"app..engine:Engine"', "no symbol"),
    _value("target", '".engine:Engine"', "no symbol"),
    _value("target", '"app.engine:Engine()"', "no symbol"),
    _value("target", '"app.engine:Engine\\n"', "no symbol"),
    _value("target", '"app.engine :Engine"', "no symbol"),
    _value("target", '"app.engine:class"', "no symbol"),
    _value("target", '"app.import:Engine"', "no symbol"),
    _value("target", '"app.engine:Engine:x"', "no symbol"),
    _value("target", '"app.engine:*"', "no symbol"),
    _value("target", '"os; import evil:x"', "no symbol"),
    _value("target", '"app.engine:Eng\u200cine"', "no symbol"),
    _value("target", '"app.engin:Engine"', "did you mean 'app.engine'?"),
    _value("target", '"app.engine:Engin"', "did you mean 'Engine'?"),
    _value("target", '"os:getcwd"', "no module os"),
    _engine("a replacement that is not there", 'replacement = "app.engine:Lost"', "has no Lost"),
    _engine("a replacement that is itself", 'replacement = "app.more:Other"', "replace itself"),
    _engine("a replacement of another kind", 'replacement = "app.engine"', "not of one kind"),
    _engine("two engines of one name", _OLD, "two engines are called app.legacy:OldEngine"),
    _engine("an export that is no name", '[engine.exports]\n"a b" = "app.engine:Engine"', "no Python name"),
    _engine("an export that is a keyword", '[engine.exports]\n"class" = "app.engine:Engine"', "no Python name"),
    _engine("an export to nowhere", '[engine.exports]\nx = "app.engine:Lost"', "has no Lost"),
    _engine("a shim of no kind", 'shim = "subclass"', "choose one of"),
    _engine("a mode of no kind", 'mode = "destroy"', "choose one of"),
    _engine("a contract of no kind", 'contract = "ignore"', "choose one of"),
    _engine("a clash of no kind", 'on-name-clash = "overwrite"', "choose one of"),
    # Rules.
    _engine("a rule without `to`", '[engine.call]\nfrom = "(a)"', "'to' is missing"),
    _engine("a rule that is no Python", '[engine.call]\nfrom = "(a"\nto = "Engine(a)"', "engine[2].call.from"),
    _engine("a rule that is a statement", '[engine.call]\nfrom = "(a)"\nto = "import os"', "engine[2].call.to"),
    _engine("a rule of two statements", '[engine.call]\nfrom = "(a)"\nto = "Engine(a); x"', "engine[2].call.to"),
    _engine("a rule with a newline", '[engine.call]\nfrom = "(a)"\nto = "Engine(a)\\nx()"', "engine[2].call.to"),
    _engine("a rule of a name twice", '[engine.call]\nfrom = "(a, a)"\nto = "Engine(a)"', "engine[2].call.from"),
    _engine("a deep rule", f'[engine.call]\nfrom = "(a)"\nto = "Engine({"(" * 900}a{")" * 900})"', "engine[2].call"),
    _engine("a long sum", f'[engine.call]\nfrom = "(a)"\nto = "Engine({"a+" * 4900}a)"', "engine[2].call"),
    _engine("a surrogate in a rule", '[engine.call]\nfrom = "(a)"\nto = "Engine(\'\\u0000\')"', "engine[2].call"),
    _engine("a rule that runs code", '[engine.call]\nfrom = "(a)"\nto = "__import__(\'os\').system(a)"', "engine[2]"),
    # Folders and patterns.
    _value("source-roots", '["/"]', "leaves the repository"),
    _value("source-roots", '["/etc"]', "leaves the repository"),
    _value("source-roots", '["../x"]', "leaves the repository"),
    _value("source-roots", '["a/../../x"]', "leaves the repository"),
    _value("source-roots", '["a\\u0000b"]', "no path"),
    _value("include", '[""]', "no pattern"),
    _value("include", '["/etc/**"]', "no pattern"),
    _value("include", '["../**"]', "no pattern"),
    _value("include", '["a\\u0000"]', "no pattern"),
    _value("exclude", '["[z-a]"]', "no pattern"),
    _value("exclude", '["archive/"]', "folder/**"),
    _value("exclude", '["a**b**c**d"]', "no pattern"),
    _value("tests", '["!x"]', "no pattern"),
    _phase("a path that is no pattern", f'{_TITLE}codemods = ["python2"]\npaths = ["../**"]', "no pattern"),
    _phase("an engine that is none", f'{_TITLE}codemods = ["python2"]\nengines = ["nobody"]', "no engine is called"),
    _phase("a codemod that is none", f'{_TITLE}codemods = ["rewrite-import"]', "did you mean 'rewrite-imports'?"),
    _phase("a codemod that is code", f'{_TITLE}codemods = ["os:system()"]', "no symbol"),
    _phase("a codemod that is not installed", f'{_TITLE}codemods = ["nowhere.x:Y"]', "no module nowhere"),
    _phase("a phase that selects nothing", f'{_TITLE}codemods = ["python2"]\npaths = ["nothing/**"]', "phase[1]"),
    # pyproject.toml.
    _project("tool is a number", "tool = 3\n", "no configuration"),
    _project("tool is a list", 'tool = ["consolidate"]\n', "no configuration"),
    _project("the table is text", '[tool]\nconsolidate = "x"\n', "tool.consolidate"),
    _project("the table is a list", "[[tool.consolidate]]\nx = 1\n", "tool.consolidate"),
    _project("the table is empty", "[tool.consolidate]\n", "no configuration"),
    _project("the table has unknown keys", "[tool.consolidate]\nname = 1\n", "unknown key"),
    _project("broken", "[tool.consolidate\n", "cannot be read"),
]
