"""The names that a file reads, as values with byte offsets: uses, and the calls made of them."""

from __future__ import annotations

import ast

from planner.facts import Argument, Call, Use
from planner.places import Places
from planner.scopes import Load


class Uses:
    """Turns loads into uses, each once; `found` holds them in the order in which they were asked for."""

    def __init__(self, places: Places) -> None:
        self._places, self.source = places, places.source
        self.found: list[Use] = []
        self._use_of: dict[int, int] = {}

    def known(self, load: Load) -> int:
        """Return the index of the use that a load is, -1 where nobody asked for it."""
        return self._use_of.get(id(load), -1)

    def index(self, load: Load, *, doubtful: bool = False) -> int:
        """Return the index of the use that a load is; what a doubtful one reads cannot be told for certain."""
        known = self._use_of.get(id(load))
        if known is not None:
            return known
        start, end, certain = self._places.place(load)
        line, column = self.source.position(start)
        attributes: list[tuple[str, int, int]] = []
        for node in load.attributes:
            span = self._places.span_of(load, node)
            if span is not None:
                stop = span[1]
            else:
                stop = self._places.in_quotes(load.quoted, node) if load.quoted is not None else start
            first = stop - len(node.attr.encode(self.source.encoding))
            certain = certain and self.source.data[first:stop] == node.attr.encode(self.source.encoding)
            attributes.append((node.attr, first, stop))
        printed = self._places.printed(load)
        self._use_of[id(load)] = len(self.found)
        self.found.append(
            Use(
                name=load.node.id,
                start=start,
                end=end,
                line=line,
                column=column,
                form=load.form,
                attributes=tuple(attributes),
                certain=certain and not printed and not doubtful,
                scope=load.scope.index,
                quoted=load.quoted is not None,
                inert=load.inert,
                printed=printed,
                call=self._call(load) if load.call is not None else None,
            )
        )
        return len(self.found) - 1

    def _call(self, load: Load) -> Call | None:
        node = load.call
        if node is None:
            return None
        whole = self._places.span_of(load, node)
        start, end = whole or (0, 0)
        function_start, function_end = self._places.span_of(load, node.func) or (0, 0)
        while (closing := self.source.data[function_end:end].lstrip()).startswith(b")"):  # `(Name)(argument)`
            function_end = end - len(closing) + 1
        arguments: list[Argument] = []
        for value in node.args:
            inner = value.value if isinstance(value, ast.Starred) else value
            arguments.append(self._argument(load, inner, "", "*" if isinstance(value, ast.Starred) else ""))
        arguments += [
            self._argument(load, item.value, item.arg or "", "" if item.arg else "**") for item in node.keywords
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
            whole is not None and self.source.data[end - 1 : end] == b")",
            self._places.quotes(load),
            self._places.printed(load),
        )

    def _argument(self, load: Load, node: ast.expr, keyword: str, star: str) -> Argument:
        span = self._places.span_of(load, node)
        if span is None:
            return Argument(0, 0, keyword, star, False)
        start, end = span
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
