"""Documents and settings: equal but for agreed names; settings give the same data, code blocks are proved as Python."""

from __future__ import annotations

import configparser
import json
import re
import textwrap
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from consolidate.proof.allowed import Allowed, Failure
from consolidate.proof.notebook import prove_notebook, prove_snippets

_NAME: Final = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*(?::[^\W\d]\w*(?:\.[^\W\d]\w*)*)?")
_YAML_KEY: Final = re.compile(r"^([ \t]*)(?:- +)*[\"']?([\w.:]+?)[\"']?[ \t]*:(?=\s|$)", re.MULTILINE)
_PYTHON: Final = ("python", "py", "python3", "py3", "pycon", "ipython", "ipython3", "doctest", "testcode")


def prove_text(path: str, old: bytes, new: bytes, allowed: Allowed) -> Failure | None:
    """Return why an edited file that is no Python is not what it was up to what is allowed, None where it is."""
    if path.endswith(".ipynb"):
        return prove_notebook(old, new, allowed)
    before, after = (data.decode("utf-8", "surrogateescape") for data in (old, new))
    pairs = {(first, second) for first, second in allowed.strings if _NAME.fullmatch(first)}
    for first, second in sorted(pairs):
        if not _NAME.fullmatch(second):
            return Failure(0, f"{first} became {second}, which is no name")
    if path.endswith((".md", ".rst")):
        return _document(path, before, after, pairs, allowed)
    if not _same(before, after, pairs):
        return Failure(0, "the text differs in more than the agreed names")
    return _settings(path, before, after, pairs)


def _same(old: str, new: str, pairs: set[tuple[str, str]]) -> bool:
    """Tell whether a text is another one with some of its names exchanged as agreed."""
    if old == new:
        return True
    exchanged = dict(pairs)
    if not exchanged:
        return False
    names = "|".join(re.escape(name) for name in sorted(exchanged, key=len, reverse=True))
    parts: list[str] = []
    position = 0
    for match in re.finditer(rf"(?<![\w.]){'(?:' + names + ')'}(?!\w)", old):
        name = match.group()
        parts += (re.escape(old[position : match.start()]), f"(?:{re.escape(name)}|{re.escape(exchanged[name])})")
        position = match.end()
    parts.append(re.escape(old[position:]))
    return re.fullmatch("".join(parts), new, re.DOTALL) is not None


# ---- settings -------------------------------------------------------------------------------------------------------


class _Table(list[tuple[object, object]]):
    """The pairs of a JSON object, in order."""


def _ini(text: str) -> object:
    parser = configparser.RawConfigParser(allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return [[name, [list(item) for item in parser.items(name)]] for name in ("DEFAULT", *parser.sections())]


def _pairs(items: list[tuple[object, object]]) -> _Table:
    return _Table(items)


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    ".toml": tomllib.loads,
    ".json": lambda text: json.loads(text, object_pairs_hook=_pairs),
    ".ini": _ini,
    ".cfg": _ini,
}


def _settings(path: str, old: str, new: str, pairs: set[tuple[str, str]]) -> Failure | None:
    ending = path[path.rfind(".") :]
    if ending in (".yaml", ".yml"):
        doubled = _doubled_keys(new) - _doubled_keys(old)
        return Failure(0, f"the key {min(doubled)[1]} would stand twice") if doubled else None
    reader = _READERS.get(ending)
    if reader is None:
        return None
    try:
        before = reader(old.removeprefix("\ufeff"))
    except (ValueError, configparser.Error, RecursionError):
        return None  # what was no such file before need not be one: only names were exchanged
    try:
        after = reader(new.removeprefix("\ufeff"))
    except (ValueError, configparser.Error, RecursionError) as error:
        return Failure(0, f"the file can no longer be read: {str(error).partition(chr(10))[0]}")
    if _doubles(after) and not _doubles(before):
        return Failure(0, "a key would stand twice")
    return None if _equal(before, after, pairs) else Failure(0, "the settings differ in more than the agreed names")


def _equal(old: object, new: object, pairs: set[tuple[str, str]]) -> bool:
    if old.__class__ is not new.__class__:
        return False
    if isinstance(old, str) and isinstance(new, str):
        return _same(old, new, pairs)
    if isinstance(old, dict) and isinstance(new, dict):
        return _equal([list(item) for item in old.items()], [list(item) for item in new.items()], pairs)
    if isinstance(old, _Table) and isinstance(new, _Table):
        return _equal([list(item) for item in old], [list(item) for item in new], pairs)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_equal(a, b, pairs) for a, b in zip(old, new, strict=True))
    return repr(old) == repr(new)


def _doubles(data: object) -> bool:
    """Tell whether a key stands twice in an object of a JSON text."""
    if isinstance(data, _Table):
        return len({key for key, _ in data}) < len(data) or any(_doubles(value) for _, value in data)
    return isinstance(data, list) and any(_doubles(item) for item in data)


def _doubled_keys(text: str) -> set[tuple[str, str]]:
    """Return the dotted keys (with their indentation) that stand more than once in a YAML text."""
    keys = Counter((match[1], match[2]) for match in _YAML_KEY.finditer(text) if "." in match[2])
    return {key for key, count in keys.items() if count > 1}


# ---- documents ------------------------------------------------------------------------------------------------------


def _document(path: str, old: str, new: str, pairs: set[tuple[str, str]], allowed: Allowed) -> Failure | None:
    cut = _cut_rst if path.endswith(".rst") else _cut_markdown
    before, after = cut(old), cut(new)
    if [is_code for is_code, _ in before] != [is_code for is_code, _ in after]:
        return Failure(0, "the document has other blocks than before")
    snippets: list[tuple[object, object]] = []
    for (is_code, first), (_, second) in zip(before, after, strict=True):
        if not is_code:
            if not _same(first, second, pairs):
                return Failure(0, "the text differs in more than the agreed names")
            continue
        if _output(first) != _output(second):
            return Failure(0, "what a block prints has changed")
        snippets.append((_code(first), _code(second)))
    return prove_snippets(snippets, allowed, "block")


def _cut_markdown(text: str) -> list[tuple[bool, str]]:
    """Return the parts of a Markdown document, each with whether it is the inside of a block of Python."""
    parts: list[tuple[bool, str]] = [(False, "")]
    fence = ""
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if fence:
            if len(bare) >= len(fence) and not bare.strip(fence[0]):
                fence = ""
                parts.append((False, line))
            else:
                parts[-1] = (parts[-1][0], parts[-1][1] + line)
            continue
        parts[-1] = (parts[-1][0], parts[-1][1] + line)
        for mark in ("`", "~"):
            length = len(bare) - len(bare.lstrip(mark))
            info = bare[length:]
            if length >= 3 and not (mark == "`" and mark in info):
                fence = mark * length
                words = re.findall(r"[\w+-]+", info.lower())
                if words and words[0].startswith("code") and info.lstrip().startswith("{"):
                    words = words[1:]
                parts.append((bool(words) and words[0] in _PYTHON, ""))
    return parts


def _cut_rst(text: str) -> list[tuple[bool, str]]:
    """Return the parts of a reStructuredText document, as `_cut_markdown` does."""
    parts: list[tuple[bool, str]] = [(False, "")]
    inside = -1  # the indentation of the directive whose body this is
    prompt = False
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        indent = len(line) - len(line.lstrip(" \t"))
        if prompt and not bare:
            prompt = False
            parts.append((False, ""))
        elif inside >= 0 and bare and indent <= inside:
            inside = -1
            parts.append((False, ""))
        if inside < 0 and not prompt and bare.startswith(">>>"):
            prompt = True
            parts.append((True, ""))
        parts[-1] = (parts[-1][0], parts[-1][1] + line)
        directive = re.fullmatch(r"\.\.\s+(code-block|code|sourcecode|doctest|testcode)::\s*(.*)", bare)
        if directive is not None and inside < 0 and not prompt:
            own = directive[1] in _PYTHON
            inside = indent
            parts.append((own or directive[2].strip().lower() in _PYTHON, ""))
    return parts


def _is_prompt(line: str) -> bool:
    return re.match(r"\s*(?:>>>|\.\.\.)(?: |\r?\n|$)", line) is not None


def _has_prompts(block: str) -> bool:
    return block.lstrip().startswith(">>>")


def _output(block: str) -> list[str]:
    """Return the lines of a block that are no code: what a session prints, the options of a directive."""
    if _has_prompts(block):
        return [line for line in block.splitlines() if not _is_prompt(line)]
    return _options(block)


def _options(block: str) -> list[str]:
    lines: list[str] = []
    for line in block.splitlines(keepends=True):
        if not re.match(r"[ \t]+:[\w-]+:", line):
            break
        lines.append(line)
    return lines


def _code(block: str) -> str:
    if _has_prompts(block):
        lines = [line.lstrip()[4:] or "\n" for line in block.splitlines(keepends=True) if _is_prompt(line)]
        return "".join(line if line.endswith("\n") else line + "\n" for line in lines)
    return textwrap.dedent("".join(block.splitlines(keepends=True)[len(_options(block)) :]))
