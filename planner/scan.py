"""One file's bytes in, its FileFacts out: the find step, one parse and one pass for each file."""

from __future__ import annotations

import ast
import builtins
import re
import warnings

from planner.definitions import definitions
from planner.facts import Alias, Argument, Binding, Call, Exported, FileFacts, Interest, Statement, Text, Use
from planner.scopes import Load, Scope
from planner.source import Source, SourceError, read_source
from planner.visit import PEP_701, RawText, Visitor, dotted

_BUILTINS = frozenset(dir(builtins))
_PREFIX = re.compile(rb"[rRbBuUfFtT]{0,2}(\"\"\"|'''|\"|')")


class ScanError(ValueError):
    """The file cannot be read as Python of the running version; the text says why, with the line."""


def parse(data: bytes, path: str) -> ast.Module:
    """Return the syntax tree of a file; raises ScanError. The parser's own warnings are kept from the terminal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(data, filename=path)
    except SyntaxError as error:
        raise ScanError(f"syntax error in line {error.lineno or 0}: {error.msg}") from None
    except ValueError as error:
        raise ScanError(str(error).partition("\n")[0]) from None
    except (RecursionError, MemoryError):
        raise ScanError("nested too deeply for the parser") from None


def scan(
    path: str, data: bytes, interest: Interest, *, with_definitions: bool = False, shallow: bool = False
) -> FileFacts:
    """Return what one pass over a Python file finds. Raises ScanError where no parser of this Python reads it.

    A shallow pass leaves out what stands in functions and classes: enough to know what the module offers.
    """
    tree = parse(data, path)
    try:
        source = read_source(data)
        return _Facts(path, source, tree, interest, shallow).facts(with_definitions)
    except SourceError as error:
        raise ScanError(str(error)) from None
    except RecursionError:
        raise ScanError("nested too deeply for the scanner") from None


class _Facts:
    """Turns what the visitor collected into values with byte offsets."""

    def __init__(self, path: str, source: Source, tree: ast.Module, interest: Interest, shallow: bool) -> None:
        self.path, self.source, self.tree, self.interest = path, source, tree, interest
        self.raw = Visitor(tree, shallow)
        self.uses: list[Use] = []
        self._use_of: dict[int, int] = {}
        self._loads: dict[str, list[Load]] = {}
        for load in self.raw.loads:
            self._loads.setdefault(load.node.id, []).append(load)

    def facts(self, with_definitions: bool) -> FileFacts:
        statements = tuple(
            self._statement(item.node, item.sole, item.block, item.context) for item in self.raw.statements
        )
        aliases = self._aliases()
        relevant = {index for index, alias in enumerate(aliases) if self._relevant(alias)} | self._chained()
        bindings = self._bindings(aliases, relevant)
        unbound = self._unbound(aliases)
        texts = self._texts()
        exports, all_names = self._exports(aliases)
        return FileFacts(
            path=self.path,
            statements=statements,
            aliases=aliases,
            bindings=bindings,
            uses=tuple(self.uses),
            texts=texts,
            exports=exports,
            definitions=definitions(self.tree, self.source) if with_definitions else (),
            all_names=all_names,
            attributes=self._members(),
            comments=self._comments(),
            insertion=self._insertion(),
            has_getattr=any(kind == "def" for kind, _ in self.raw.scopes[0].binders.get("__getattr__", [])),
            newline=self.source.newline,
            unbound=unbound,
            members=self._loose(),
            dynamic=any(name in self._loads for name in ("globals", "locals", "vars", "exec", "eval")),
        )

    # ---- imports ----------------------------------------------------------------------------------------------------

    def _span(self, node: ast.stmt | ast.expr | ast.alias) -> tuple[int, int]:
        source = self.source
        return (
            source.offset(node.lineno, node.col_offset),
            source.offset(node.end_lineno or node.lineno, node.end_col_offset or 0),
        )

    def _statement(self, node: ast.stmt, sole: bool, block: int, context: frozenset[str]) -> Statement:
        start, end = self._span(node)
        first, _ = self.source.line_bounds(start)
        _, last = self.source.line_bounds(end)
        before, after = self.source.data[first:start], self.source.data[end:last].strip()
        alone = not before.strip(b" \t\f") and (not after or after.startswith(b"#"))
        return Statement(start, end, node.lineno, alone, sole, block, context)

    def _aliases(self) -> tuple[Alias, ...]:
        result: list[Alias] = []
        for number, statement in enumerate(self.raw.statements):
            node = statement.node
            for index in statement.aliases:
                raw = self.raw.aliases[index]
                start, _ = self._span(raw.node)
                column = start - self.source.starts[raw.node.lineno - 1]
                is_from = isinstance(node, ast.ImportFrom)
                result.append(
                    Alias(
                        statement=number,
                        module=(node.module or "") if isinstance(node, ast.ImportFrom) else raw.node.name,
                        level=node.level if isinstance(node, ast.ImportFrom) else 0,
                        name=raw.node.name if is_from else "",
                        asname=raw.node.asname or "",
                        local=raw.local,
                        line=raw.node.lineno,
                        column=column,
                        scope=raw.scope.index,
                    )
                )
        return tuple(result)

    def _relevant(self, alias: Alias) -> bool:
        tokens = self.interest.tokens
        return (
            alias.name in tokens
            or alias.asname in tokens
            or not tokens.isdisjoint(alias.module.split("."))
            or alias.name == "*"
        )

    def _chained(self) -> set[int]:
        """Return the aliases used with a token behind them: `package.legacy.Name` after `import package`."""
        tokens = self.interest.tokens
        result: set[int] = set()
        for load in self.raw.loads:
            if load.attributes and any(node.attr in tokens for node in load.attributes):
                scope = load.scope.resolve(load.node.id)
                if scope is not None:
                    result.update(alias for _, alias in scope.binders[load.node.id] if alias >= 0)
        return result

    def _bindings(self, aliases: tuple[Alias, ...], relevant: set[int]) -> tuple[Binding, ...]:
        result: list[Binding] = []
        for scope in self.raw.scopes:
            for name, binders in scope.binders.items():
                indices = tuple(sorted({alias for _, alias in binders if alias >= 0}))
                if not relevant.intersection(indices):
                    continue
                loads = [load for load in self._loads.get(name, []) if load.scope.resolve(name) is scope]
                taken, merge = self._taken(scope, loads)
                # `class C: Name = Name` reads the outer name and binds its own.
                ambiguous = any(
                    load.scope.kind == "class"
                    and load.scope is not scope
                    and name in load.scope.binders
                    and load.scope.parent is not None
                    and load.scope.parent.resolve(name) is scope
                    for load in self._loads.get(name, [])
                )
                result.append(
                    Binding(
                        scope=scope.index,
                        scope_kind=scope.kind,
                        name=name,
                        aliases=indices,
                        others=sum(1 for _, alias in binders if alias < 0) + ambiguous,
                        uses=tuple(self._use(load) for load in loads),
                        taken=taken,
                        merge=merge,
                        places=tuple(sorted(set(scope.places.get(name, ())))),
                    )
                )
        return tuple(result)

    def _taken(self, scope: Scope, loads: list[Load]) -> tuple[frozenset[str], tuple[tuple[str, tuple[int, ...]], ...]]:
        taken: set[str] = set()
        merge: list[tuple[str, tuple[int, ...]]] = []
        for new in self.interest.new_names:
            if new in scope.binders:
                binders = scope.binders[new]
                if all(alias >= 0 for _, alias in binders):
                    merge.append((new, tuple(sorted({alias for _, alias in binders}))))
                else:
                    taken.add(new)
                    continue
            if any(
                new in inner.binders or new in inner.global_names
                for load in loads
                for inner in load.scope.path_to(scope)
            ):
                taken.add(new)
                continue
            for load in self._loads.get(new, []):
                bound = load.scope.resolve(new)
                if bound is not scope and (bound is None or bound is not load.scope):
                    inside = (
                        load.scope is scope or scope in load.scope.path_to(self.raw.scopes[0]) or scope.kind == "module"
                    )
                    outside = bound is None or bound is scope.module() or bound in scope.path_to(scope.module())
                    if inside and outside:
                        taken.add(new)
                        break
        return frozenset(taken), tuple(sorted(item for item in merge if item[0] not in taken))

    def _unbound(self, aliases: tuple[Alias, ...]) -> tuple[int, ...]:
        """Return the uses that no scope binds: of tokens, and of every name where a star import may have brought it."""
        star = any(alias.name == "*" for alias in aliases)
        result: list[int] = []
        for scope in self.raw.scopes:
            for name, loads in scope.loads.items():
                if name in _BUILTINS or not (star or name in self.interest.tokens):
                    continue
                result += [self._use(load) for load in loads if load.scope.resolve(name) is None]
        return tuple(sorted(result))

    # ---- uses -------------------------------------------------------------------------------------------------------

    def _use(self, load: Load) -> int:
        known = self._use_of.get(id(load))
        if known is not None:
            return known
        start, end, certain = self._place(load)
        line, column = self.source.position(start)
        attributes: list[tuple[str, int, int]] = []
        for node in load.attributes:
            if load.joined is not None and not PEP_701:
                # Positions in f-strings are not reliable there; an attribute written right behind its name is found.
                first = (attributes[-1][2] if attributes else end) + 1
                stop = first + len(node.attr.encode(self.source.encoding))
                certain = certain and self.source.data[first - 1 : stop] == f".{node.attr}".encode(self.source.encoding)
                attributes.append((node.attr, first, stop))
                continue
            stop = self._span(node)[1] if load.quoted is None else self._in_quotes(load.quoted, node)
            first = stop - len(node.attr.encode(self.source.encoding))
            certain = certain and self.source.data[first:stop] == node.attr.encode(self.source.encoding)
            attributes.append((node.attr, first, stop))
        self._use_of[id(load)] = len(self.uses)
        self.uses.append(
            Use(
                name=load.node.id,
                start=start,
                end=end,
                line=line,
                column=column,
                form=load.form,
                attributes=tuple(attributes),
                certain=certain,
                scope=load.scope.index,
                quoted=load.quoted is not None,
                inert=load.inert,
                call=self._call(load) if load.call is not None else None,
            )
        )
        return len(self.uses) - 1

    def _place(self, load: Load) -> tuple[int, int, bool]:
        name = load.node.id.encode(self.source.encoding, "replace")
        if load.quoted is not None:
            start, simple = self._content(load.quoted)
            if simple and load.node.lineno == 1 and load.joined is None and not load.nested:
                start += self._width(load.quoted, load.node.col_offset)
                return start, start + len(name), self.source.data[start : start + len(name)] == name
            return start, start + len(name), False
        if load.joined is not None and not PEP_701:
            return self._place_joined(load, name)
        start = self.source.offset(load.node.lineno, load.node.col_offset)
        return start, start + len(name), self.source.data[start : start + len(name)] == name

    def _width(self, quoted: ast.Constant, column: int) -> int:
        """Return how many bytes of the file the first `column` UTF-8 bytes of a string's value take."""
        return len(str(quoted.value).encode("utf-8")[:column].decode("utf-8").encode(self.source.encoding))

    def _in_quotes(self, quoted: ast.Constant, node: ast.Attribute) -> int:
        """Return where an attribute inside a quoted annotation ends; a wrong guess is found by comparing the bytes."""
        start, simple = self._content(quoted)
        return start + self._width(quoted, node.end_col_offset or 0) if simple and node.end_lineno == 1 else start

    def _place_joined(self, load: Load, name: bytes) -> tuple[int, int, bool]:
        """Find a name in an f-string by counting: before PEP 701 the parser's positions there are not reliable."""
        assert load.joined is not None  # noqa: S101 - the caller looked
        start, end = self._span(load.joined)
        found = [
            match.start() + start for match in re.finditer(rb"\b%s\b" % re.escape(name), self.source.data[start:end])
        ]
        same = [
            item for item in self._loads.get(load.node.id, []) if item.joined is load.joined and item.quoted is None
        ]
        if len(found) != len(same):
            return start, start + len(name), False
        place = found[[item is load for item in same].index(True)]
        return place, place + len(name), True

    def _call(self, load: Load) -> Call | None:
        node = load.call
        if node is None:
            return None
        placed = load.quoted is None and (load.joined is None or PEP_701)
        start, end = self._span(node) if placed else (0, 0)
        function_start, function_end = self._span(node.func) if placed else (0, 0)
        while (closing := self.source.data[function_end:end].lstrip()).startswith(b")"):  # `(Name)(argument)`
            function_end = end - len(closing) + 1
        arguments: list[Argument] = []
        for value in node.args:
            inner = value.value if isinstance(value, ast.Starred) else value
            arguments.append(self._argument(inner, "", "*" if isinstance(value, ast.Starred) else "", placed))
        arguments += [
            self._argument(item.value, item.arg or "", "" if item.arg else "**", placed) for item in node.keywords
        ]
        arguments.sort(key=lambda item: item.start)
        return Call(
            start,
            end,
            function_start,
            function_end,
            tuple(arguments),
            load.awaited,
            load.in_async,
            placed and self.source.data[end - 1 : end] == b")",
        )

    def _argument(self, node: ast.expr, keyword: str, star: str, placed: bool) -> Argument:
        if not placed:
            return Argument(0, 0, keyword, star, False)
        start, end = self._span(node)
        # A parenthesised argument: its parentheses belong to the gap, not to the value, unless they are taken in here.
        data = self.source.data
        while True:
            left, right = start, end
            while left > 0 and data[left - 1 : left].isspace():
                left -= 1
            while right < len(data) and data[right : right + 1].isspace():
                right += 1
            inner_generator = isinstance(node, ast.GeneratorExp) and data[start : start + 1] == b"("
            if data[left - 1 : left] == b"(" and data[right : right + 1] == b")" and not inner_generator:
                before = data[: left - 1].rstrip()
                # `f(x)`: the parentheses of the call itself follow a callee, those of an argument follow `(`, `,`, `=`.
                if before[-1:] in (b",", b"=", b"("):
                    start, end = left - 1, right + 1
                    continue
            break
        return Argument(start, end, keyword, star, isinstance(node, (ast.Name, ast.Constant)))

    # ---- strings, members, comments ---------------------------------------------------------------------------------

    def _content(self, node: ast.Constant) -> tuple[int, bool]:
        """Return where the content of a string literal starts, and whether the bytes there are its value."""
        start, end = self._span(node)
        raw = self.source.data[start:end]
        prefix = _PREFIX.match(raw)
        if prefix is None:
            return start, False
        quotes = len(prefix.group(1))
        content = raw[prefix.end() : len(raw) - quotes]
        try:
            simple = content == str(node.value).encode(self.source.encoding)
        except UnicodeError:
            simple = False
        return start + prefix.end(), simple

    def _texts(self) -> tuple[Text, ...]:
        tokens = self.interest.tokens
        if not tokens:
            return ()
        pattern = re.compile("|".join(re.escape(token) for token in sorted(tokens, key=len, reverse=True)))
        result: list[Text] = []
        for raw in self.raw.texts:
            value = raw.node.value
            if not isinstance(value, str) or not pattern.search(value):
                continue
            result.append(self._text(raw, value))
        return tuple(sorted(result, key=lambda text: text.start))

    def _text(self, raw: RawText, value: str) -> Text:
        span = self._span(raw.node)
        start, simple = self._content(raw.node) if raw.role != "f-string" else (span[0], False)
        line, column = self.source.position(span[0])
        return Text(
            value=value,
            start=start,
            end=start + len(value.encode(self.source.encoding)) if simple else span[1],
            line=line,
            column=column,
            role=raw.role,
            simple=simple,
            argument=dotted(raw.argument) if raw.argument is not None else "",
        )

    def _loose(self) -> tuple[tuple[str, int, int], ...]:
        """Return the attributes that are tokens, those left out that belong to a use of a relevant name."""
        found: set[tuple[str, int, int]] = set()
        known = {start for use in self.uses for _, start, _ in use.attributes}
        for node in self.raw.attributes:
            if node.attr in self.interest.tokens and node.end_lineno is not None:
                start = self.source.offset(node.end_lineno, node.end_col_offset or 0) - len(node.attr.encode())
                if start not in known:
                    line, column = self.source.position(start)
                    found.add((node.attr, line, column))
        return tuple(sorted(found))

    def _members(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        wanted = self.interest.members
        found: dict[str, list[int]] = {}
        if wanted:
            for node in self.raw.attributes:
                if node.attr in wanted:
                    found.setdefault(node.attr, []).append(node.end_lineno or node.lineno)
            for text in self.raw.texts:
                if (
                    isinstance(text.node.value, str)
                    and text.node.value in wanted
                    and text.role in ("patch-object", "getattr")
                ):
                    found.setdefault(text.node.value, []).append(text.node.lineno)
        return tuple((name, tuple(sorted(lines))) for name, lines in sorted(found.items()))

    def _comments(self) -> tuple[tuple[str, int, int], ...]:
        """Return the comments that hold a token, as (text from `#` to the line's end, line, column)."""
        data = self.source.data
        if not self.interest.tokens or b"#" not in data:
            return ()
        pattern = re.compile(b"|".join(re.escape(token.encode()) for token in sorted(self.interest.tokens)))
        strings = self._string_spans()
        result: dict[int, tuple[str, int, int]] = {}
        for match in pattern.finditer(data):
            line, _ = self.source.position(match.start())
            if line in result:
                continue
            start = self.source.starts[line - 1]
            mark = data.find(b"#", start, match.start())
            while mark >= 0 and _inside(strings, mark):
                mark = data.find(b"#", mark + 1, match.start())
            if mark >= 0 and not _inside(strings, match.start()):
                _, end = self.source.line_bounds(match.start())
                result[line] = (data[mark:end].decode(self.source.encoding, "replace"), line, mark - start)
        return tuple(result[line] for line in sorted(result))

    def _string_spans(self) -> list[tuple[int, int]]:
        return [
            self._span(raw.node)
            for raw in self.raw.texts
            if (raw.node.end_lineno or 0) > raw.node.lineno or "#" in str(raw.node.value)
        ]

    # ---- the module as others see it --------------------------------------------------------------------------------

    def _exports(self, aliases: tuple[Alias, ...]) -> tuple[tuple[Exported, ...], tuple[str, ...] | None]:
        result: list[Exported] = []
        for name, binders in sorted(self.raw.scopes[0].binders.items()):
            kinds = tuple(sorted({kind for kind, _ in binders}))
            # An import for type checkers beside one that runs: at run time there is one binder.
            running = [alias for kind, alias in binders if kind != "type-import"] or [alias for _, alias in binders]
            # The same import made twice is one binder, too.
            made = {
                (aliases[n].module, aliases[n].level, aliases[n].name, aliases[n].asname) for n in running if n >= 0
            }
            single = len(running) == 1 or (min(running) >= 0 and len(made) == 1)
            result.append(Exported(name, kinds, running[0] if single else -1))
        all_names = None
        if self.raw.has_all and self.raw.all_literal:
            all_names = tuple(str(node.value) for node in self.raw.all_nodes)
        return tuple(result), all_names

    def _insertion(self) -> int:
        """Return where a statement may be inserted: behind the docstring and the `from __future__` imports."""
        last: ast.stmt | None = None
        for index, statement in enumerate(self.tree.body):
            docstring = index == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
            if docstring or future:
                last = statement
            elif not isinstance(statement, ast.Expr):
                break
        if last is None:
            first = self.tree.body[0] if self.tree.body else None
            return self.source.starts[first.lineno - 1] if first is not None else len(self.source.data)
        line = last.end_lineno or last.lineno
        return self.source.starts[line] if line < len(self.source.starts) else len(self.source.data)


def _inside(spans: list[tuple[int, int]], offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)
