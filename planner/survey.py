"""The survey: from a snapshot and the configuration to every reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from planner.config import Config
from planner.contents import Blob, Contents
from planner.contract import Contract
from planner.embedded import Embedded
from planner.found import FoundFile
from planner.keep import Keep
from planner.layout import Layout
from planner.legacy import Legacy
from planner.marks import Marks
from planner.mentions import Mentions
from planner.model import Skipped
from planner.named import Named
from planner.notebooks import NOTEBOOK, Notebook
from planner.resolve import Resolver
from planner.snapshot import File

PYTHON = (".py", ".pyi")
CODE = (*PYTHON, NOTEBOOK)


class Survey(Struct):
    """What a snapshot holds that concerns a migration.

    `files` are the Python files with references, `unparsed` those with a token in them that no `ast` of this Python
    reads and notebooks that are none (with the reason), `documents` the candidates of other kinds; `contents` holds
    the bytes of all of these. `inside` holds the Python of notebooks and documents, `notebooks` the cells of each
    notebook, `blocks` the documents with references in their Python. `refused` are files that no parser is
    shown (with the reason), `words` those of each Python file among them and the unparsed. `outside` are the excluded
    Python files, with their modules. `examine` gives the references of a file if it had other contents, `marks` the
    mentions in the text of the documents, `named` what their import statements name, `keep` is `planner.keep.keep`.
    """

    config: Config
    layout: Layout
    legacy: Legacy
    resolver: Resolver
    contract: Contract
    mentions: Mentions
    scanned: tuple[File, ...]
    files: list[FoundFile]
    unparsed: dict[str, str]
    documents: tuple[str, ...]
    inside: dict[str, Embedded]
    notebooks: dict[str, Notebook]
    blocks: list[FoundFile]
    contents: Contents
    skipped: list[Skipped]
    refused: dict[str, str]
    words: dict[str, frozenset[str]]
    outside: dict[str, frozenset[str]]
    blob: Callable[[str], Blob | None]
    examine: Callable[[str, bytes], FoundFile | None]
    keep: Keep
    marks: Callable[[], Mapping[str, Marks]]
    named: Callable[[Mapping[str, Blob]], Mapping[str, Named]]
