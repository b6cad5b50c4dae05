"""Finding what may be duplicates: by name first, then by bases and members of what was found by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from consolidate.starting.candidate import Candidate, words_of
from consolidate.starting.code import Code, Progress
from planner.facts import Definition, FileFacts
from planner.model import Symbol

_DEFINED = re.compile(rb"^[ \t]*(?:class|(?:async[ \t]+)?def)[ \t]+(\w+)", re.MULTILINE)
_DEPRECATED = re.compile(rb"deprecat", re.IGNORECASE)
_ABSTRACT = frozenset({"ABC", "ABCMeta", "Protocol"})
_SUFFIX = re.compile(r"(?:_?[vV]?\d+|Impl|Implementation|Legacy|Old|New|_old|_new|_legacy)$")
_DOUBLE = frozenset({"Mock", "Fake", "Stub", "Dummy", "Test", "Testing", "Spy"})
_SHARED, _OVERLAP = 3, 0.4
"""Members in common that make one of another name a duplicate: how many, and of the smaller one what share."""


class Finds(Struct):
    """What was found: candidates, and by symbol those that only look alike, with the reason.

    `names` are those that each file of the product defines, methods included.
    """

    candidates: list[Candidate] = field(default_factory=list)
    others: dict[Symbol, str] = field(default_factory=dict)
    names: dict[str, frozenset[str]] = field(default_factory=dict)


def matches(pattern: re.Pattern[str], name: str) -> bool:
    """Tell whether a name is by its last word what the pattern matches: `EngineV2` is, an `EngineMonitor` is not.

    A word of the pattern may come last, too: an `ExecutionEngineFactory` is an `Execution(Engine|Factory)`.
    """
    plain = _SUFFIX.sub("", name) or name
    if any(pattern.fullmatch(plain, start) for start in range(len(plain))):
        return True
    last = words_of(plain)[-1:]
    return bool(last and last[0] in words_of(pattern.pattern) and pattern.search(plain))


def find(code: Code, pattern: re.Pattern[str], progress: Progress) -> Finds:
    """Return the candidates of a commit's code, tests and what was put aside left out, sorted by symbol."""
    names = _names(code, progress)
    finds = Finds(names=names)
    for path, here in sorted(names.items()):
        if any(pattern.search(name) for name in here):
            _of_file(code, path, pattern, finds)
    for path in names:
        if finds.candidates and matches(pattern, _camel(path)):
            finds.candidates += _redirects(code, path, pattern, finds.candidates)
    _by_bases(code, finds)
    finds.candidates += _by_members(code, pattern, finds)
    finds.candidates = with_importers(code, finds.candidates)
    return finds


def with_importers(code: Code, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates with those who import them, sorted by symbol."""
    ordered = sorted(candidates, key=lambda one: one.symbol)
    importers = code.importers(one.symbol for one in ordered)
    return [
        replace(
            one,
            importers=frozenset(path for path in importers[one.symbol] if not code.is_test(path)),
            tests=frozenset(path for path in importers[one.symbol] if code.is_test(path)),
        )
        for one in ordered
    ]


def given(code: Code, symbol: Symbol) -> Candidate | None:
    """Return what the user has named as a candidate, None where it is no class or function that can be read."""
    facts = code.facts(code.layout.path(symbol.module))
    for definition in facts.definitions if facts is not None else ():
        if definition.name == symbol.name and facts is not None:
            return _candidate(code, facts, definition, "given")
    return None


def _names(code: Code, progress: Progress) -> dict[str, frozenset[str]]:
    """Return what each file of the product defines, by its bytes alone."""
    paths = code.product()
    found = {}
    for index, (path, data) in enumerate(code.read(paths)):
        found[path] = frozenset(name.decode("utf-8", "replace") for name in _DEFINED.findall(data))
        progress("search", index, len(paths))
    return found


def _of_file(code: Code, path: str, pattern: re.Pattern[str], finds: Finds) -> None:
    facts, module = code.facts(path), code.layout.module(path)
    for definition in facts.definitions if facts is not None and module else ():
        name, symbol = definition.name, Symbol(module, definition.name)
        if not pattern.search(name) or facts is None:
            continue
        if definition.kind == "class" and not _DOUBLE.isdisjoint(words_of(name)):
            finds.others[symbol] = "a test double, by its name"
        elif definition.kind == "class" and _is_abstract(definition):
            finds.others[symbol] = "an interface: it implements nothing"
        elif matches(pattern, name):
            finds.candidates.append(_candidate(code, facts, definition, "name"))
        elif definition.kind == "class" and words_of(name):
            finds.others[symbol] = f"its name ends otherwise: {words_of(name)[-1]}"


def _is_abstract(definition: Definition) -> bool:
    return any(base.rpartition(".")[2] in _ABSTRACT for base in definition.bases)


def _candidate(code: Code, facts: FileFacts, definition: Definition, found: str) -> Candidate:
    symbol = Symbol(code.layout.module(facts.path), definition.name)
    if definition.kind == "class":
        members = frozenset(name for name in code.interfaces.of(symbol).members if not name.startswith("__"))
    else:
        members = frozenset(name for name, _, _ in definition.parameters or ())
    data = dict(code.read([facts.path]))[facts.path]
    return Candidate(
        symbol=symbol,
        path=facts.path,
        line=definition.line,
        kind="class" if definition.kind == "class" else "function",
        found=found,
        members=members,
        bases=frozenset(_bases(code, facts, definition)),
        deprecated=_is_deprecated(data, definition),
    )


def _bases(code: Code, facts: FileFacts, definition: Definition) -> Iterator[Symbol]:
    for base in definition.bases:
        root, _, rest = base.partition(".")
        if any(item.name == root for item in facts.definitions):
            yield Symbol(code.layout.module(facts.path), base)
        for alias in facts.aliases:
            if alias.local == root and alias.scope == 0:
                dotted = code.layout.bound(facts.path, alias) + (f".{rest}" if rest else "")
                symbol = code.layout.split(dotted)
                if symbol is not None and symbol.name:
                    yield code.interfaces.home(symbol) or symbol


def _is_deprecated(data: bytes, definition: Definition) -> bool:
    """Tell whether a definition says so of itself, or its module in its docstring."""
    head = re.match(rb'\s*(?:#[^\n]*\n\s*)*[rR]?("""|\'\'\')(.*?)\1', data, re.DOTALL)
    own = data[definition.start : definition.end]
    docstring = re.search(rb'("""|\'\'\')(.*?)\1', own, re.DOTALL)
    texts = [found[2] for found in (head, docstring) if found]
    return any(_DEPRECATED.search(text) for text in texts) or b"DeprecationWarning" in own


def _camel(path: str) -> str:
    return "".join(word.title() for word in path.rpartition("/")[2].removesuffix(".py").split("_"))


def _redirects(code: Code, path: str, pattern: re.Pattern[str], found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield what a module of a matching name hands out, where it defines nothing of that kind itself."""
    facts, module = code.facts(path), code.layout.module(path)
    known = {one.symbol for one in found}
    if facts is None or code.layout.is_package(path) or any(symbol.module == module for symbol in known):
        return
    for exported in facts.exports:
        offered = exported.name in (facts.all_names or ()) or not facts.definitions
        if "import" not in exported.kinds or not offered or not matches(pattern, exported.name):
            continue
        for alias in facts.aliases:
            home = Symbol(code.layout.source(path, alias), alias.name)
            home = code.interfaces.home(home) or home
            if alias.local == exported.name and home in known:
                symbol = Symbol(module, exported.name)
                yield Candidate(symbol, path, alias.line, "redirect", "name", deprecated=True, home=home)
                break


def _by_bases(code: Code, finds: Finds) -> None:
    """Take those of a name that goes on (`EngineAdapter`) for candidates that have a base in common with one."""
    bases = {base for one in finds.candidates for base in one.bases} - {one.symbol for one in finds.candidates}
    for symbol in sorted(finds.others):
        facts = code.facts(code.layout.path(symbol.module))
        for definition in facts.definitions if facts is not None else ():
            if definition.name != symbol.name or facts is None or _is_abstract(definition):
                continue
            if definition.kind == "class" and not bases.isdisjoint(_bases(code, facts, definition)):
                finds.candidates.append(_candidate(code, facts, definition, "bases"))
                del finds.others[symbol]
                break


def _by_members(code: Code, pattern: re.Pattern[str], finds: Finds) -> list[Candidate]:
    """Return classes of another name that are called the same kind of thing and have the members of a candidate.

    One of these members must tell of what is looked for, beside that kind: a `create_engine` of factories does, their
    `get_factory_metrics` does not.
    """
    telling = {word.lower() for word in words_of(pattern.pattern)}
    classes = [one for one in finds.candidates if one.kind == "class"]
    known = {one.symbol for one in classes} | finds.others.keys()
    heads = {one.head for one in classes} - {""}
    result = []
    for path, here in sorted(finds.names.items()):
        if not any(words_of(name)[-1:] and words_of(name)[-1] in heads for name in here if name[:1].isupper()):
            continue
        facts, module = code.facts(path), code.layout.module(path)
        for definition in facts.definitions if facts is not None and module else ():
            symbol = Symbol(module, definition.name)
            if definition.kind != "class" or symbol in known or facts is None or _is_abstract(definition):
                continue
            one = _candidate(code, facts, definition, "members")
            if one.bases.isdisjoint(known) and any(_resembles(one, other, telling) for other in classes):
                result.append(one)
    return result


def _resembles(one: Candidate, other: Candidate, telling: set[str]) -> bool:
    shared, telling = one.shared(other), telling - {one.head.lower()}
    if one.head != other.head or len(shared) < _SHARED or one.overlap(other) < _OVERLAP:
        return False
    return any(word.lower() in telling for name in shared for word in words_of(name))
