"""What a generated package is made of, as values: engines, hubs that hand their names on, importers, probes.

A Spec is drawn from a `random.Random` (a seeded one for long runs, hypothesis's for shrinking); what a part looks like
in detail follows from its own `salt`, so parts can be taken away one by one without changing the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from tests.property.helpers import Helper, draw_helpers

OLD_NAMES = ("Engine", "OldEngine", "Runner", "EngineX")
NEW_NAMES = ("UserEngine", "Engine", "Unified")
LEGACY_MODULES = ("legacy.engine", "legacy.engine_factory", "old_engine", "legacy.sub.engine", "core.old_runner")
NEW_MODULES = ("core.user_engine", "core.unified", "core.engine")
STYLES = ("plain", "plain", "plain", "function", "call", "lacking", "error", "report")
EXTRAS = ("moved", "renamed", "imported", "kept", "private")

STATEMENT_WAYS = (
    *("from", "from", "from", "from-as", "from-as-new", "from-many", "from-parens", "from-semicolon", "from-backslash"),
    *("import", "import-as", "from-package", "from-package-as", "import-package"),
)
OTHER_WAYS = (
    *("star", "hub", "hub", "hub-as", "hub-attribute", "hub-import-as", "try", "try-missing", "type-checking"),
    *("importlib", "dunder-import", "getattr", "sys-modules", "string", "entry-point", "twice", "conditional"),
)
WAYS = STATEMENT_WAYS + OTHER_WAYS
FORMS = (
    *("value", "call", "call-layout", "isinstance", "subclass", "holder", "holder-named", "default", "decorator"),
    *(
        "comprehension",
        "lambda",
        "nested",
        "shadow-parameter",
        "shadow-local",
        "shadow-new-local",
        "shadow-new-parameter",
    ),
    *(
        "new-in-comprehension",
        "new-in-class",
        "new-global",
        "global",
        "delete",
        "f-string",
        "annotation",
        "cast",
        "match",
    ),
    *("namesakes", "alias", "walrus", "partial", "member", "tuple", "semicolons", "nonlocal", "pickle", "globals"),
    *("star-arguments", "nested-class", "generator", "try-body", "comment", "lookup", "lookup", "lookup", "new-nested"),
    *("method", "class-scope", "all", "extra", "patch-object-class", "type-alias", "chained-call", "nested-call"),
)
TAKES = (
    "from",
    "from-as",
    "attribute",
    "getattr",
    "star",
    "patch",
    "patch",
    "patch-object",
    "patch-legacy",
    "patch-legacy-method",
    "monkey",
    "patch-dict",
)


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: where it is, what it is called, and where it goes. Module names are those below the top package.

    The replacement of one of style "wider" is constructed without arguments, too. `extras` are the other names of its
    module; `base` the number of the engine that it subclasses, `redirect` of the one whose name it merely hands on
    (-1: none).
    """

    number: int
    module: str
    old: str
    new_module: str
    new: str
    style: str
    extras: tuple[str, ...] = ()
    base: int = -1
    redirect: int = -1
    chained: bool = False
    has_all: bool = False
    package: bool = False


@dataclass(frozen=True, slots=True)
class Hub:
    """A module that hands an engine on; `source` is the hub that it takes it from, -1 for the legacy module."""

    number: int
    module: str
    package: bool
    engine: int
    name: str
    source: int
    how: str
    has_all: bool


@dataclass(frozen=True, slots=True)
class Importer:
    """A module that uses engines, with its layout as a file."""

    number: int
    module: str
    newline: str = "\n"
    tab: bool = False
    bom: bool = False
    last_newline: bool = True
    test: bool = False
    package: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """One use of an engine in an importer: how it is reached, in what form it is used, and where that stands."""

    number: int
    importer: int
    engine: int
    way: str
    form: str
    local: bool
    inside: bool
    hub: int
    salt: int


@dataclass(frozen=True, slots=True)
class Take:
    """A use of what a probe's module binds, from another module (a patch of it, too)."""

    number: int
    importer: int
    probe: int
    how: str
    salt: int


@dataclass(frozen=True, slots=True)
class Spec:
    """A whole package; `top` is the name of its top-level package."""

    top: str
    engines: tuple[Engine, ...]
    hubs: tuple[Hub, ...]
    importers: tuple[Importer, ...]
    probes: tuple[Probe, ...]
    takes: tuple[Take, ...]
    limit: int = 100
    lookalike: bool = False
    closure: bool = False
    helpers: tuple[Helper, ...] = ()


def draw(random: Random, top: str) -> Spec:
    """Return a Spec; every choice comes from `random`."""
    engines = _engines(random)
    hubs = _hubs(random, engines)
    importers = _importers(random)
    probes = tuple(
        Probe(
            number=number,
            importer=random.randrange(len(importers)),
            engine=random.randrange(len(engines)),
            way=random.choice(WAYS),
            form=random.choice(FORMS),
            local=random.random() < 0.3,
            inside=random.random() < 0.5,
            hub=random.randrange(len(hubs)) if hubs else -1,
            salt=random.randrange(1 << 16),
        )
        for number in range(random.randint(1, 9))
    )
    takes = tuple(
        Take(
            number=100 + number,
            importer=random.randrange(len(importers)),
            probe=random.randrange(len(probes)),
            how=random.choice(TAKES),
            salt=random.randrange(1 << 16),
        )
        for number in range(random.randint(0, 4))
    )
    limit, lookalike, closure = random.choice((100, 100, 2)), random.random() < 0.3, random.random() < 0.15
    styles = {engine: random.random() < 0.2 and engine.style == "plain" for engine in engines}
    engines = tuple(replace(engine, style="wider") if wider else engine for engine, wider in styles.items())
    return Spec(
        top=top,
        engines=engines,
        hubs=hubs,
        importers=importers,
        probes=probes,
        takes=takes,
        limit=limit,
        lookalike=lookalike,
        closure=closure,
        helpers=draw_helpers(random, engines, len(importers)),
    )


def _engines(random: Random) -> tuple[Engine, ...]:
    engines: list[Engine] = []
    used: set[tuple[str, str]] = set()
    for number in range(random.randint(1, 3)):
        module, old = random.choice(LEGACY_MODULES), random.choice(OLD_NAMES)
        if (module, old) in used:
            continue
        used.add((module, old))
        style = random.choice(STYLES)
        first = next((engine for engine in engines if engine.module == module), None)
        others = [engine for engine in engines if engine.module != module and engine.style == style]
        base = redirect = -1
        chained = False
        if others and style in ("plain", "function") and random.random() < 0.4:
            target = random.choice(others)
            base = target.number if style == "plain" and random.random() < 0.5 else -1
            redirect = target.number if base < 0 and first is None else -1
            chained = redirect >= 0 and random.random() < 0.5
        twin = engines[redirect] if redirect >= 0 else None
        engines.append(
            Engine(
                number=len(engines),
                module=module,
                old=old,
                new_module=twin.new_module if twin else random.choice(NEW_MODULES),
                new=twin.new if twin else random.choice(NEW_NAMES) + (f"{number}" if random.random() < 0.4 else ""),
                style=style,
                extras=() if first or redirect >= 0 else tuple(e for e in EXTRAS if random.random() < 0.3),
                base=base,
                redirect=redirect,
                chained=chained,
                has_all=first is None and random.random() < 0.3,
                package=first.package if first else module == "old_engine" and random.random() < 0.4,
            )
        )
    # One home for one name: a second engine that would go there under another kind gets a name of its own.
    homes: dict[tuple[str, str], int] = {}
    result: list[Engine] = []
    for engine in engines:
        owner = homes.setdefault((engine.new_module, engine.new), engine.number)
        if owner != engine.number and engine.redirect != owner:
            engine = replace(engine, new=f"{engine.new}_{engine.number}")
        result.append(engine)
    return tuple(result)


def _hubs(random: Random, engines: tuple[Engine, ...]) -> tuple[Hub, ...]:
    hubs: list[Hub] = []
    for number in range(random.choice((0, 1, 1, 2, 3))):
        source = random.randrange(-1, number)
        engine = hubs[source].engine if source >= 0 else random.randrange(len(engines))
        package = random.random() < 0.5
        before = hubs[source].name if source >= 0 else engines[engine].old
        how = random.choice(("from", "from", "from-as", "star", "relative", "assign", "parens"))
        name = f"Handed{number}" if how in ("from-as", "assign") else before
        hubs.append(
            Hub(
                number=number,
                module=f"hub{number}" if package or random.random() < 0.5 else f"app.hub{number}",
                package=package,
                engine=engine,
                name=name,
                source=source,
                how=how,
                has_all=random.random() < 0.4,
            )
        )
    return tuple(hubs)


def _importers(random: Random) -> tuple[Importer, ...]:
    result = []
    for number in range(random.randint(1, 5)):
        folder = random.choice(("app", "app", "app.deep", ""))
        test = random.random() < 0.3
        name = f"test_m{number}" if test else f"m{number}"
        result.append(
            Importer(
                number=number,
                module=f"{folder}.{name}" if folder else name,
                newline=random.choice(("\n", "\n", "\n", "\r\n")),
                tab=random.random() < 0.15,
                bom=random.random() < 0.1,
                last_newline=random.random() < 0.85,
                test=test,
                package=not test and random.random() < 0.2,
            )
        )
    return tuple(result)
