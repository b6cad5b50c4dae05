"""The proof for files that the running Python does not parse: two streams of tokens, compared without a grammar.

Python 2 is the one case, a grammar newer than the running Python (PEP 701 f-strings) the other.

It knows no scopes: a local name of an import means that import everywhere in the file, so a file that uses such a name
for something else as well is refused as soon as the name changes. Import statements at one place compare by the
bindings they make. Everything else must be the same token for token: strings, comments, layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from consolidate.proof.allowed import Allowed, Failure, NotProvedError
from consolidate.proof.layout import different_layout
from consolidate.proof.lexer import Token, tokens
from consolidate.proof.moves import Moves
from consolidate.proof.scopes import absolute


class _Binding(Struct, frozen=True):
    local: str
    target: str
    plain: bool

    @property
    def qualified(self) -> str:
        return self.target.partition(".")[0] if self.plain else self.target


class _Item(Struct, frozen=True):
    """A token, a dotted name that begins with a variable (kind "dotted"), or import statements (kind "import")."""

    kind: str
    text: str
    line: int
    bindings: tuple[_Binding, ...] = ()


def prove_tokens(
    old: bytes, new: bytes, allowed: Allowed, *, module: str = "", is_package: bool = False
) -> Failure | None:
    """Return None where `new` is `old` with nothing but allowed moves and strings, else the first reason why not.

    `module` and `is_package` resolve relative imports, Python 2's implicit ones included. Never raises.
    """
    failure = different_layout(old, new)
    if failure is not None:
        return failure
    try:
        before, after = list(_items(old, module, is_package)), list(_items(new, module, is_package))
        _Comparison(before, after, allowed, module if is_package else module.rpartition(".")[0]).run()
    except NotProvedError as error:
        return error.failure
    return None


class _Comparison:
    def __init__(self, old: list[_Item], new: list[_Item], allowed: Allowed, package: str) -> None:
        self._old, self._new, self._package = old, new, package
        self._moves, self._strings = Moves(allowed.moves), frozenset(allowed.strings)
        self._before, self._after = _locals(old), _locals(new)

    def run(self) -> None:
        formatted = False
        for old, new in zip(self._old, self._new, strict=False):
            if old.kind != new.kind:
                raise NotProvedError(new.line, f"{old.text!r} became {new.text!r}")
            # Behind the first f-string any string may be a piece of one, because quotes may nest (PEP 701).
            formatted = formatted or (old.kind == "dotted" and old.text.lower() in ("f", "fr", "rf"))
            if formatted and old.kind == "string" and ("{" in old.text or "}" in old.text):
                self._formatted(old, new)
            if old.kind == "import":
                self._imports(old, new)
            elif old.kind == "dotted":
                self._dotted(old, new)
            elif old.text != new.text and not (old.kind == "string" and self._string(old.text, new.text)):
                raise NotProvedError(new.line, f"{old.text!r} became {new.text!r}")
        if len(self._old) != len(self._new):
            raise NotProvedError(self._new[-1].line if self._new else 0, "the file has not the same parts")

    def _imports(self, old: _Item, new: _Item) -> None:
        for binding in old.bindings:
            if not any(self._successor(binding, other) for other in new.bindings):
                raise NotProvedError(new.line, f"the import of {binding.target} as {binding.local!r} is lost")
        for other in new.bindings:
            if not any(self._successor(binding, other) for binding in old.bindings):
                raise NotProvedError(new.line, f"{other.target} is imported, which no import here was")

    def _successor(self, old: _Binding, new: _Binding) -> bool:
        if (old.local == "*") != (new.local == "*"):
            return False
        return self._same(old.target, new.target) or (
            old.local != "*" and any(self._moves.derives(name, new.target) for name in self._spellings(old.target))
        )

    def _formatted(self, old: _Item, new: _Item) -> None:
        """Refuse an f-string that names what an import no longer binds: its expressions are not looked into."""
        for name in re.findall(r"[^\W\d]\w*", old.text):
            if self._before.get(name) != self._after.get(name):
                raise NotProvedError(new.line, f"an f-string may use {name}, which is not what it was")

    def _dotted(self, old: _Item, new: _Item) -> None:
        before, after = _qualified(old.text, self._before), _qualified(new.text, self._after)
        if not before or not after:
            if before or after or old.text != new.text:
                raise NotProvedError(new.line, f"{old.text} became {new.text}, which is not the same binding")
            return
        if not all(any(self._same(one, other) for other in after) for one in before) or not all(
            any(self._same(one, other) for one in before) for other in after
        ):
            raise NotProvedError(new.line, f"{old.text} was {sorted(before)[0]}; {new.text} is {sorted(after)[0]}")

    def _same(self, old: str, new: str) -> bool:
        return any(self._moves.same(one, other) for one in self._spellings(old) for other in self._spellings(new))

    def _spellings(self, name: str) -> tuple[str, ...]:
        """Return a name as Python 2 may find it: beside the importer first, then absolute (PEP 328)."""
        return (f"{self._package}.{name}", name) if self._package else (name,)

    def _string(self, old: str, new: str) -> bool:
        return any(old.replace(one, other, 1) == new and _is_value(old, one) for one, other in self._strings)


def _is_value(token: str, value: str) -> bool:
    body = token.lstrip("bBuUrR")
    quote = body[:3] if body[:3] in ('"""', "'''") else body[:1]
    return body == f"{quote}{value}{quote}"


def _locals(items: list[_Item]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for item in items:
        for binding in item.bindings:
            if binding.local != "*":
                found.setdefault(binding.local, set()).add(binding.qualified)
    return found


def _qualified(text: str, names: dict[str, set[str]]) -> set[str]:
    root, dot, rest = text.partition(".")
    return {name + dot + rest for name in names.get(root, ())}


def _items(source: bytes, module: str, is_package: bool) -> Iterator[_Item]:
    """Yield what is compared; import statements that follow each other at one indentation are one item."""
    run: _Item | None = None
    held: list[_Item] = []  # the newline and indentation behind a run, given out unless another import follows
    indent = ""
    for item, depth in _statements(list(tokens(source)), module, is_package):
        if item.kind == "indent" and not held:
            indent = item.text
        if item.kind == "import":
            here = next((one.text for one in reversed(held) if one.kind == "indent"), "" if held else indent)
            if run is not None and here == indent:
                run = _Item("import", run.text, run.line, run.bindings + item.bindings)
                held.clear()
                continue
            if run is not None:
                yield run
                yield from held
                held.clear()
                indent = here
            run = item
        elif run is not None and item.kind in ("newline", "indent") and depth == 0:
            held.append(item)
        else:
            if run is not None:
                yield run
                yield from held
                run = None
                indent = next((one.text for one in reversed(held) if one.kind == "indent"), "" if held else indent)
                held.clear()
            if item.kind == "newline":
                indent = ""
            yield item
    if run is not None:
        yield run
        yield from held


def _statements(stream: list[Token], module: str, is_package: bool) -> Iterator[tuple[_Item, int]]:
    position = depth = 0
    start = True
    while position < len(stream):
        token = stream[position]
        if start and token.kind == "name" and token.text in ("import", "from"):
            end, comments, words = _logical_line(stream, position)
            bindings = _import(words, module, is_package)
            yield _Item("import", " ".join(words), token.line, bindings), depth
            for comment in comments:
                yield _Item("comment", comment.text, comment.line), depth
            position, start = end, False
            continue
        previous = stream[position - 1].text if position else ""
        if token.kind == "name" and previous != ".":
            end = _dotted_end(stream, position)
            text = "".join(item.text for item in stream[position:end])
            keyword = depth > 0 and end == position + 1 and _is_keyword(stream, end)
            yield _Item("name" if keyword else "dotted", text, token.line), depth
            position, start = end, False
            continue
        depth += (token.text in "([{") - (token.text in ")]}") if token.kind == "operator" else 0
        yield _Item(token.kind, token.text, token.line), depth
        start = depth == 0 and (
            token.kind in ("newline", "indent") or (token.kind == "operator" and token.text in ";:")
        )
        position += 1


def _dotted_end(stream: list[Token], position: int) -> int:
    end = position + 1
    while end + 1 < len(stream) and stream[end].text == "." and stream[end + 1].kind == "name":
        end += 2
    return end


def _is_keyword(stream: list[Token], end: int) -> bool:
    """Tell whether `=` follows, and not `==`."""
    return end + 1 < len(stream) and stream[end].text == "=" and stream[end + 1].text != "="


def _logical_line(stream: list[Token], position: int) -> tuple[int, list[Token], list[str]]:
    """Return where the statement ends, the comments in it and its words."""
    depth, comments, words = 0, [], []
    while position < len(stream):
        token = stream[position]
        if depth == 0 and (token.kind in ("newline", "comment") or token.text == ";"):
            break
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "comment":
            comments.append(token)
        elif token.kind in ("name", "operator") and token.text not in "()":
            words.append(token.text)
        position += 1
    return position, comments, words


def _import(words: list[str], module: str, is_package: bool) -> tuple[_Binding, ...]:
    origin, plain = "", words[0] == "import"
    if not plain:
        at = words.index("import") if "import" in words else len(words)
        name = "".join(words[1:at])
        stripped = name.lstrip(".")
        origin = absolute(stripped, len(name) - len(stripped), module, is_package)
        words = words[at:]
    bindings = []
    for part in " ".join(words[1:]).split(","):
        name, _, alias = (text.strip().replace(" ", "") for text in part.partition(" as "))
        if not name:
            continue
        if plain:
            bindings.append(_Binding(alias or name.partition(".")[0], name, not alias))
        else:
            bindings.append(_Binding("*" if name == "*" else alias or name, _member(origin, name), False))
    return tuple(bindings)


def _member(origin: str, name: str) -> str:
    return origin if name == "*" else f"{origin}.{name}"
