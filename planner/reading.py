"""Reading all documents of a survey: what their text says of the engines, and what becomes of the Python in them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from planner.blocks import BlockNames, clashes, hold_clashes
from planner.decide import decide
from planner.decision import Decision
from planner.documents import Document, Inside, read_document
from planner.names import Names
from planner.survey import Survey


def read_documents(
    survey: Survey, replaced: frozenset[str], names: Names, decisions: Mapping[str, Decision]
) -> list[Document]:
    """Return every document of the survey; `decisions` are those of the code files, notebooks among them.

    What a document shows does not run, so nothing in it keeps a legacy implementation.
    """
    files = {file.path: file for file in survey.blocks}
    found = survey.marks()
    stay = {
        path: clashes(path, survey.contents[path], survey.legacy, found[path].found, files.get(path))
        for path in survey.documents
    }
    for file in survey.blocks:
        hold_clashes(file, stay[file.path])
        # Behind an alias both names are one object; only what stays has an interface of its own to be compared.
        stays = [item for item in file.references if item.key.module not in replaced]
        survey.contract.check(replace(file, references=stays), replaced)
    block_names = BlockNames(survey.blocks, survey.resolver, replaced, names)
    shown = {file.path: decide(file, block_names, survey.resolver) for file in survey.blocks}
    documents: list[Document] = []
    for path in survey.documents:
        code, notebook = survey.inside.get(path), survey.notebooks.get(path)
        if notebook is None:
            inside = Inside(code, shown.get(path), clashes=stay[path])
        else:
            inside = Inside(code, decisions.get(path), notebook.texts, notebook.why)
        documents.append(
            read_document(
                path,
                survey.contents[path],
                survey.legacy,
                survey.mentions,
                inside,
                code_is_listed=notebook is None,
                found=found[path].found,
            )
        )
    return documents
