"""The facts of a file as lines of text: spans by the text that they hold, so that a reader can judge each of them."""

from collections.abc import Iterator

from planner.facts import Argument, Call, FileFacts, Text, Use


def told(facts: FileFacts, data: bytes) -> list[str]:
    """Return the lines; facts that tell something else give others."""
    return [*_imports(facts, data), *_uses(facts, data), *_rest(facts, data)]


def _imports(facts: FileFacts, data: bytes) -> Iterator[str]:
    for number, item in enumerate(facts.statements):
        flags = _flags(alone=item.alone, sole=item.sole)
        context = "".join(f" {name}" for name in sorted(item.context))
        yield f"statement {number} line {item.line}{flags} in block {item.block}.{item.position}{context}"
        yield f"  {_shown(data, item.start, item.end)}"
    for number, alias in enumerate(facts.aliases):
        written = f"{'.' * alias.level}{alias.module}:{alias.name} as {alias.asname or '-'}"
        place = f"{alias.line}:{alias.column} of statement {alias.statement} in scope {alias.scope}"
        yield f"alias {number} {written} binds {alias.local or 'nothing'} at {place}"
    for binding in facts.bindings:
        uses = " ".join(map(str, binding.uses)) or "none"
        yield f"binding {binding.name} in {binding.scope_kind} {binding.scope} by {binding.aliases} uses {uses}"
        if binding.others or binding.places:
            yield f"  bound by {binding.others} others at {' '.join(f'{line}:{at}' for line, at in binding.places)}"
        if binding.taken or binding.merge:
            yield f"  taken {' '.join(sorted(binding.taken)) or '-'} merge {binding.merge}"


def _uses(facts: FileFacts, data: bytes) -> Iterator[str]:
    for number, use in enumerate(facts.uses):
        yield f"use {number} {use.line}:{use.column} {use.form} {_shown(data, use.start, use.end)}{_use(use, data)}"
        if use.call is not None:
            yield from _call(use.call, data)
    if facts.unbound:
        yield f"unbound {' '.join(map(str, facts.unbound))}"


def _use(use: Use, data: bytes) -> str:
    flags = _flags(doubtful=not use.certain, quoted=use.quoted, inert=use.inert, printed=use.printed)
    behind = "".join(f" .{name}={_shown(data, start, end)}" for name, start, end in use.attributes)
    named = "" if data[use.start : use.end] == use.name.encode() else f" named {use.name}"
    return f"{behind}{named}{flags} in scope {use.scope}"


def _call(call: Call, data: bytes) -> Iterator[str]:
    flags = _flags(awaited=call.awaited, in_async=call.in_async, inexact=not call.exact, printed=call.printed)
    quotes = f" within {call.quotes}" if call.quotes else ""
    callee = _shown(data, call.function_start, call.function_end)
    yield f"  call {_shown(data, call.start, call.end)} of {callee}{flags}{quotes}"
    yield from (f"    argument {_argument(item, data)}" for item in call.arguments)


def _argument(item: Argument, data: bytes) -> str:
    keyword = f"{item.keyword}=" if item.keyword else ""
    return f"{item.star}{keyword}{_shown(data, item.start, item.end)}{_flags(pure=item.pure)}"


def _rest(facts: FileFacts, data: bytes) -> Iterator[str]:
    yield from (_text(item, data) for item in facts.texts)
    for exported in facts.exports:
        value = f" value {exported.value}" if exported.value else ""
        yield f"exports {exported.name} {' '.join(exported.kinds)} alias {exported.alias}{value}"
    if facts.all_names is not None:
        yield f"all {' '.join(facts.all_names)}"
    for name, lines in facts.attributes:
        yield f"attribute {name} in {' '.join(map(str, lines))}"
    yield from (f"comment {line}:{column} {text}" for text, line, column in facts.comments)
    yield from (f"loose {line}:{column} {name}" for name, line, column in facts.members)
    yield from (f"held {name} in {line} by use {use}" for name, line, use in facts.held)
    for touch in facts.touches:
        given = "" if touch.arguments is None else f"({', '.join(_given(item) for item in touch.arguments)})"
        how = f"{touch.kind} by use {touch.use}{_flags(guarded=touch.guarded)}"
        yield f"touch {touch.name}{given} in {touch.line} {how}"
    for item in facts.overlaid:
        uses, places = " ".join(map(str, item.uses)) or "none", " ".join(f"{line}:{at}" for line, at in item.places)
        yield f"overlaid {item.name} uses {uses} at {places}"
    if facts.named:
        yield f"named {' '.join(sorted(facts.named))}"
    if facts.values:
        yield f"values {' '.join(sorted(facts.values))}"
    line = data.count(b"\n", 0, facts.insertion) + 1
    yield f"insertion in line {line} at {facts.insertion}{_flags(getattr=facts.has_getattr, dynamic=facts.dynamic)}"


def _given(item: Argument) -> str:
    return f"{item.star}{item.keyword}{_flags(placed=bool(item.start or item.end), pure=item.pure)}"


def _text(item: Text, data: bytes) -> str:
    argument = f" of {item.argument} at {item.argument_start}" if item.argument or item.argument_start >= 0 else ""
    argument += f" of module {item.argument_module}" if item.argument_module else ""
    member = f" member {item.member[0]}={_shown(data, *item.member[1:])}" if item.member is not None else ""
    written = _shown(data, item.start, item.end) if item.simple else f"{item.value!r} not simple"
    return f"text {item.line}:{item.column} {item.role or '-'} {written}{argument}{member}"


def _shown(data: bytes, start: int, end: int) -> str:
    return f"`{data[start:end].decode(errors='replace')}`" if end > start else f"nothing at {start}"


def _flags(**flags: bool) -> str:
    return "".join(f" {name}" for name, holds in flags.items() if holds)
