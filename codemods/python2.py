"""Read and rewrite files in Python 2's grammar: the one module that imports Bowler and fissix, when it is asked to.

Neither `ast` nor LibCST reads Python 2; the grammar of Bowler's fissix does. Bowler is used as a parser, in memory: its
own writers change line ends and encodings, and its queries know no scopes. Everything untyped ends at `_parse`.
"""

from __future__ import annotations

import ast
import tokenize
import warnings
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

from msgspec import Struct

from codemods.python2_edits import replacements
from codemods.python2_names import sightings
from codemods.python2_statements import Replacement
from codemods.python2_tree import Element, Python2Error, is_python2_only, tokens, walk
from planner.model import Edit, Symbol, decode

__all__ = ["CODEMOD", "Python2Error", "Python2Reference", "is_python2", "references", "rewrite"]

CODEMOD = "python2"
"""The codemod's id in edits and plans."""


class Python2Reference(Struct, frozen=True, order=True):
    """One reference in a Python 2 file: 1-based line, 0-based column in bytes.

    `text` is the source that names the symbol, `form` is "import", "name" or "call".
    """

    line: int
    column: int
    text: str
    form: str
    symbol: Symbol


def is_python2(source: bytes) -> bool:
    """Tell whether a file is Python 2: `ast` does not read it, Bowler does, and it holds what only Python 2 allows."""
    inconsistent_tabs = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
        return False
    except (RecursionError, MemoryError):
        return False
    except (SyntaxError, ValueError) as error:
        inconsistent_tabs = isinstance(error, TabError)
    try:
        file = _read(source)
    except Python2Error:
        return False
    return inconsistent_tabs or any(is_python2_only(element) for element, _ in walk(file.root))


def references(source: bytes, symbols: tuple[Symbol, ...], filename: str) -> tuple[Python2Reference, ...]:
    """Return the references to these symbols (one without a name is a whole module), sorted.

    `filename` is the path in the repository: it tells what a relative import means. An import of a symbol's module
    counts as a reference, as does a star import. Raises Python2Error where the file cannot be parsed.
    """
    file = _read(source)
    found = set()
    for sighting in sightings(file.root, symbols, filename):
        place = sighting.first.start
        start, end = file.span(place, sighting.last.end)
        text = decode(source[start:end])
        found.add(Python2Reference(file.line(place), file.column(place), text, sighting.form, sighting.symbol))
    return tuple(sorted(found))


def rewrite(source: bytes, renames: tuple[tuple[Symbol, Symbol], ...], filename: str) -> tuple[Edit, ...]:
    """Return the edits that move the imports of the old symbols, and the uses of what they bind, to the new ones.

    `renames` are pairs (old, new), symbols or whole modules; `filename` is the path in the repository. The spans are
    the smallest possible, sorted, in bytes of `source`. Nothing to do gives no edits. Raises Python2Error, with the
    reason, where the file cannot be parsed or the effect of an edit would not be certain.
    """
    if not any(part.encode() in source for old, _ in renames for part in (old.last, old.module.rpartition(".")[2])):
        return ()
    file = _read(source)
    changes = replacements(file.root, file.text, renames, filename)
    _prove(file, changes)
    edits = []
    for change in changes:
        start, end = file.span(change.start, change.end)
        edits.append(Edit(start, end, decode(source[start:end]), change.new, CODEMOD, file.line(change.start)))
    return tuple(edits)


class _File(Struct, frozen=True):
    """A parsed file: the source, its text behind a byte order mark, the encoding that maps one to the other, the tree.

    `lines` are the positions at which the lines begin, in characters of the text and in bytes of the source.
    """

    source: bytes
    text: str
    encoding: str
    root: Element
    lines: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the bytes of the source that hold these characters; raises Python2Error where they do not."""
        characters, first = self.lines[self.line(start) - 1]
        first += len(self.text[characters:start].encode(self.encoding))
        held = self.text[start:end].encode(self.encoding)
        if self.source[first : first + len(held)] != held:
            raise Python2Error(f"its encoding {self.encoding} does not map characters to bytes one by one")
        return first, first + len(held)

    def line(self, position: int) -> int:
        """Return the 1-based line of a character of the text."""
        return bisect_right(self.lines, position, key=lambda line: line[0])

    def column(self, position: int) -> int:
        """Return the 0-based column of a character of the text, in bytes of its line."""
        first = self.lines[self.line(position) - 1][1] if self.line(position) > 1 else 0
        return self.span(position, position)[0] - first


def _read(source: bytes) -> _File:
    mark = 3 if source.startswith(b"\xef\xbb\xbf") else 0
    text, encoding = _decoded(source[mark:])
    if "\r" in text.replace("\r\n", ""):
        raise Python2Error("its lines end in a lone carriage return")
    lines, characters, position = [], 0, mark
    for line in text.split("\n"):
        lines.append((characters, position))
        characters += len(line) + 1
        position += len(f"{line}\n".encode(encoding))
    return _File(source, text, encoding, _parse(text), tuple(lines))


def _decoded(body: bytes) -> tuple[str, str]:
    """Return the text and its encoding: that of the cookie (PEP 263), UTF-8, or else latin-1, which reads any byte."""
    try:
        declared = tokenize.detect_encoding(BytesIO(body).readline)[0]
    except SyntaxError as error:
        if "unknown encoding" in str(error):
            raise Python2Error(str(error)) from None
        declared = "latin-1"
    for encoding in (declared, "latin-1"):
        try:
            text = body.decode(encoding)
            if text.encode(encoding) == body:
                return text, encoding
        except UnicodeError:
            continue
        except LookupError:  # a codec, but not one from bytes to text
            break
    raise Python2Error(f"its encoding {declared} cannot be read")


def _prove(file: _File, changes: tuple[Replacement, ...]) -> None:
    """Raise Python2Error unless the changed text parses, and has the tokens of the old one outside the changes."""
    if not changes:
        return
    parts: list[str] = []
    position = length = 0
    spans: list[tuple[int, int]] = []
    for change in changes:
        if change.start < position or not change.new.isascii():
            raise Python2Error("two edits overlap, or the new text is no Python 2")
        parts += (file.text[position : change.start], change.new)
        length += change.start - position + len(change.new)
        spans.append((length - len(change.new), length))
        position = change.end
    new = _parse("".join(parts) + file.text[position:])
    if _outside(new, spans) != _outside(file.root, [(change.start, change.end) for change in changes]):
        raise Python2Error("the edits would change more than they say")


def _outside(root: Element, spans: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Return the tokens that lie in none of the sorted spans."""
    found = []
    for token in tokens(root):
        index = bisect_right(spans, token.start, key=lambda span: span[0])
        if not index or token.end > spans[index - 1][1]:
            found.append((token.kind, token.value))
    return found


def _parse(text: str) -> Element:
    """Return the tree of a text; raises Python2Error. Bowler only logs what it cannot parse, and returns None."""
    # The grammar wants a last newline; the tree must give back the text, or its positions mean nothing.
    whole = text if text.endswith("\n") else text + "\n"
    try:
        root, rest = _parser()(whole)
    except RecursionError:
        raise Python2Error("it is nested too deeply") from None
    if rest != whole:
        raise Python2Error("the parser does not give the text back")
    return root


@cache
def _parser() -> Callable[[str], tuple[Element, str]]:
    """Return the function that parses with Bowler: text in, the tree and the text that it stands for out."""
    base: Any
    base, initialise, token_error, kinds = _import_bowler()

    class Tool(base):  # type: ignore[misc]  # Bowler has no types
        """Bowler's tool without the queues and semaphores that it makes for its worker processes."""

        def __init__(self) -> None:
            initialise(self, [])

        def log_error(self, msg: str, *args: Any, **kwargs: Any) -> None:
            """Raise what Bowler would only log: its arguments are the file's name, the error's class and its text."""
            raise Python2Error(f"Bowler cannot parse it: {args[-1]}".replace("\n", " "))

        def log_debug(self, msg: str, *args: Any) -> None:
            """Say nothing: the application may have turned logging on."""

    tool = Tool()

    def convert(node: Any, position: int, parts: list[str]) -> tuple[Element, int]:
        kind = kinds[node.type]
        if not node.children:
            parts += (node.prefix, node.value) if hasattr(node, "value") else ()
            value = getattr(node, "value", "")
            start = position + len(node.prefix)
            return Element(kind, start, start + len(value), value), start + len(value)
        children = []
        for child in node.children:
            element, position = convert(child, position, parts)
            children.append(element)
        return Element(kind, children[0].start, children[-1].end, "", tuple(children)), position

    def parse(text: str) -> tuple[Element, str]:
        try:
            tree: Any = tool.refactor_string(text, "the file")
        except (token_error, IndentationError) as error:
            raise Python2Error(f"Bowler cannot parse it: {error}") from None
        if tree is None:
            raise Python2Error("Bowler cannot parse it")
        parts: list[str] = []
        root, _ = convert(tree, 0, parts)
        return root, "".join(parts)

    return parse


def _import_bowler() -> tuple[Any, Any, Any, dict[int, str]]:
    """Return Bowler's tool, the initialiser below it, the tokenizer's error, and the names of the kinds.

    fissix writes its grammar tables to a cache below the home folder, and cannot be imported where it may not. So the
    tables are made anew, in a tenth of a second, and kept in memory only.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", SyntaxWarning)
        from fissix.pgen2 import driver, pgen, token, tokenize

        cached = driver.load_grammar
        driver.load_grammar = lambda grammar, *args, **kwargs: pgen.generate_grammar(grammar)
        try:
            import bowler
            from fissix import pygram, refactor
        finally:
            driver.load_grammar = cached
    symbols = {number: name for name, number in pygram.python_grammar.symbol2number.items()}
    kinds = {**token.tok_name, **symbols}
    return bowler.BowlerTool, refactor.RefactoringTool.__init__, tokenize.TokenError, kinds
