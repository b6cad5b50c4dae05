"""In what form an engine is used: templates of a few lines, each of which reports what it sees.

In a template `@E` is the expression for the engine, `@A` the arguments of a call, `@R` the first name of the
expression, `@N` the probe's number, `@OLD` and `@NEW` the engine's names. All lines may stand in a function.
"""

from __future__ import annotations

TEMPLATES: dict[str, str] = {
    "value": 'see("@N", @E)',
    "call": 'see("@N", out(@E(@A)))',
    "call-layout": 'see("@N", out(@E(  # why\n    @A,  # kept\n)))',
    "isinstance": 'it_@N = @E(@A)\nsee("@N", isinstance(it_@N, @E), isinstance(it_@N, (int, @E)), isinstance(3, @E))',
    "subclass": (
        'class Sub_@N(@E):\n    extra = 1\n\n    def run(self):\n        return ("sub", super().run())\n\n'
        'see("@N", out(Sub_@N(@A)), issubclass(Sub_@N, @E))'
    ),
    "holder": 'class Holder_@N:\n    factory = @E\n\nsee("@N", Holder_@N.factory)',
    "holder-named": 'class Holder_@N:\n    @OLD = @E\n    kept = @OLD\n\nsee("@N", Holder_@N.@OLD, Holder_@N.kept)',
    "default": 'def given_@N(x=@E, *, y=@E):\n    return x, y\n\nsee("@N", given_@N(), given_@N(y=1))',
    "decorator": '@register(@E)\ndef decorated_@N():\n    return 1\n\nsee("@N", REGISTERED[-1], decorated_@N())',
    "comprehension": (
        'see("@N", [@E for _ in range(2)], {k: @E for k in "a"}, [@OLD for @OLD in (1, 2)], list(x for x in [@E]))'
    ),
    "lambda": 'see("@N", (lambda: @E)(), (lambda @OLD: @OLD)(3), (lambda x=@E: x)())',
    "nested": ('def outer_@N():\n    def inner():\n        return @E\n    return inner()\n\nsee("@N", outer_@N())'),
    "shadow-parameter": (
        "def shadow_@N(@OLD, *others, **more):\n    return @OLD, others\n\n"
        'see("@N", shadow_@N(7), shadow_@N(@OLD=8), @E)'
    ),
    "shadow-local": ('def shadow_@N():\n    @OLD = 8\n    return [@OLD for _ in "ab"]\n\nsee("@N", shadow_@N(), @E)'),
    "shadow-new-local": 'def clash_@N():\n    @NEW = 9\n    return @NEW, @E\n\nsee("@N", clash_@N())',
    "shadow-new-parameter": 'def clash_@N(@NEW):\n    return @NEW, @E\n\nsee("@N", clash_@N(4), clash_@N(@NEW=5))',
    "new-in-comprehension": 'see("@N", [(@NEW, @E) for @NEW in (1, 2)])',
    "new-in-class": (
        'class Clash_@N:\n    @NEW = 4\n    got = @E\n    also = @NEW\n\nsee("@N", Clash_@N.got, Clash_@N.also)'
    ),
    "new-nested": (
        'def outer_@N(@NEW=6):\n    def inner():\n        return @NEW, @E\n    return inner()\n\nsee("@N", outer_@N())'
    ),
    "new-global": '@NEW = 11\nsee("@N", @NEW, @E)',
    "f-string": 'see("@N", f"{@E.kind!r:>8}|{@E.kind}", f"@OLD {@E.kind}")',
    "annotation": (
        'from typing import get_type_hints\n\ndef typed_@N(x: @E, y: "list[@E]" = ()) -> "@E":\n    return x\n\n'
        'see("@N", get_type_hints(typed_@N))'
    ),
    "type-alias": 'import typing\nAlias_@N: typing.Any = typing.Optional[@E]\nsee("@N", typing.get_args(Alias_@N)[0])',
    "cast": (
        'import typing\nsee("@N", typing.cast("@E", 3), typing.cast(@E, 4), typing.TypeVar("T", bound=@E).__bound__)'
    ),
    "match": 'match @E(@A):\n    case @E():\n        see("@N", 1)\n    case _:\n        see("@N", 2)',
    "namesakes": (
        'class Thing_@N:\n    @OLD = 5\n\nsee("@N", Thing_@N.@OLD, dict(@OLD=1)["@OLD"], {"@OLD": 2}, "@OLD", @E)'
    ),
    "alias": 'Alias_@N = @E\nsee("@N", Alias_@N, out(Alias_@N(@A)))',
    "walrus": 'if (got_@N := @E):\n    see("@N", got_@N)',
    "partial": 'import functools\nsee("@N", out(functools.partial(@E)(@A)))',
    "member": 'see("@N", @E.kind, getattr(@E, "kind"), @E(@A).left)',
    "tuple": 'a_@N, b_@N = @E, {"k": @E}\nsee("@N", a_@N, b_@N["k"])',
    "semicolons": 'x_@N = @E; see("@N", x_@N); y_@N = 1',
    "nonlocal": (
        "def outer_@N():\n    held = None\n    def inner():\n        nonlocal held\n        held = @E\n"
        '    inner()\n    return held\n\nsee("@N", outer_@N())'
    ),
    "pickle": 'import pickle\nsee("@N", out(pickle.loads(pickle.dumps(@E(@A)))))',
    "star-arguments": 'see("@N", out(@E(*[1], **{"right": 2})))',
    "nested-class": (
        "class Outer_@N:\n    class Inner:\n        factory = @E\n\n        def get(self):\n            return @E\n\n"
        'see("@N", Outer_@N.Inner.factory, Outer_@N.Inner().get())'
    ),
    "generator": 'def many_@N():\n    yield @E\n    yield from [@E]\n\nsee("@N", list(many_@N()))',
    "try-body": 'try:\n    raise @E(@A)\nexcept (ValueError, @E) as error_@N:\n    see("@N", out(error_@N))',
    "comment": 'see("@N", @E)  # @OLD is what we look at\n# @OLD(...) is no call',
    "lookup": 'see("@N", @E)',
    "method": (
        "class Service_@N:\n    def __init__(self, engine=@E):\n        self.engine = engine\n\n"
        "    def run(self):\n        return out(self.engine(@A)), self.engine is @E\n\n"
        'see("@N", Service_@N().run())'
    ),
    "class-scope": (
        "class Scope_@N:\n    values = [x for x in (1, 2)]\n    made = out(@E(@A))\n    kinds = {@E: 1}\n\n"
        'see("@N", Scope_@N.made, list(Scope_@N.kinds))'
    ),
    "patch-object-class": (
        "from unittest import mock\n"
        'with mock.patch.object(@E, "run", lambda self: "patched"):\n    see("@N", out(@E(@A)))'
    ),
    "chained-call": 'see("@N", @E(@A).run(), [@E(@A)][0].run(), (@E)(@A).run())',
    "nested-call": 'see("@N", out(out and @E(@A)), str(len([@E(@A), @E(@A)])))',
    "global": (
        'def swap_@N():\n    global @R\n    before = @R\n    @R = before\n    return @E\n\nsee("@N", swap_@N(), @E)'
    ),
    "delete": 'held_@N = @E\ndel @R\nsee("@N", held_@N)',
    "globals": 'see("@N", globals()["@R"], @E)',
    "hints": (
        'def typed_@N(x: "@E", y: "list[@E]" = (), *z: "dict[str, @E]") -> "@E | None":\n    return x\n\n'
        'see_hints("@N", typed_@N)'
    ),
}

CLASSES_ONLY = frozenset(
    ("isinstance", "subclass", "match", "pickle", "member", "chained-call", "patch-object-class", "method", "partial")
)
NAMES_ONLY = frozenset(("match", "f-string", "annotation", "cast"))
NO_CALL_STYLE = frozenset(("star-arguments", "type-alias"))


def choose(form: str, style: str, expression: str, direct: bool, inside: bool, local: bool, hints: bool) -> str:
    """Return the form that is possible in this place: the one wanted, or a plainer one."""
    if hints:
        return "hints"
    if ("(" in expression or "[" in expression) and form in NAMES_ONLY:
        return "value"
    if style == "function" and form in CLASSES_ONLY:
        return "value"
    if form == "try-body" and style != "error":
        return "call"
    if form in ("all", "extra"):
        return "value"
    if form == "globals" and (not direct or local):
        return "value"
    if form == "global" and (not direct or local or inside):
        return "value"
    if form == "delete" and not (direct and local):
        return "value"
    if form == "new-global" and inside and not local:
        return "shadow-new-local"
    if form in ("annotation",) and (inside or local):
        return "default"
    if form == "cast" and style == "function":
        return "value"
    return form


def fill(form: str, expression: str, arguments: str, root: str, number: int, old: str, new: str) -> list[str]:
    """Return the lines of a form."""
    text = TEMPLATES[form]
    shadow = root if root and "." not in root and root.isidentifier() else old
    for mark, value in (
        ("@OLD", shadow if form in ("shadow-local", "shadow-parameter", "holder-named", "comprehension") else old),
        ("@NEW", new),
        ("@E", expression),
        ("@A", arguments),
        ("@R", root),
        ("@N", str(number)),
    ):
        text = text.replace(mark, value)
    return text.split("\n")
