"""Links of documents to files of the repository, relative to the document (CommonMark 6.3 and 4.7, docutils' links)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from planner.mentions import Mention

MARKUP = (".md", ".rst")
_LINK = re.compile(
    r"\]\(\s*<?(?P<inline>[^)>\s#?]+)"  # [text](path)
    r"|^ {0,3}\[[^\]]{1,999}\]:\s*<?(?P<definition>[^>\s#?]+)"  # [label]: path
    r"|<(?P<rst>[^<>\s#?]+)(?:#[^<>\s]*)?>`_"  # `text <path>`_
    r"|^\.\. (?:_[^:\n]+:|(?:include|literalinclude)::)\s+(?P<directive>[^\s#?]+)",  # .. _name: path
    re.MULTILINE,
)


def links(path: str, text: str, files: Mapping[str, str]) -> Iterator[Mention]:
    """Yield the links of a document to files, as mentions in order; `files` gives the module of each file's path."""
    if not path.endswith(MARKUP) or not files:
        return
    folder = posixpath.dirname(path)
    for match in _LINK.finditer(text):
        kind = match.lastgroup or ""
        target = match.group(kind)
        absolute = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        module = files.get(posixpath.normpath(absolute))
        if module is not None:
            yield Mention(match.start(kind), match.end(kind), target, "path", module, "")
