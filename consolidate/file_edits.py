"""The edits of every file that a migration touches, made and proved; a file that fails is left with its group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from codemods import deprecation_shim, rewrite_text
from codemods.refusal import CodemodError
from codemods.rewrite_notebook import carry
from consolidate.guard import Lost
from consolidate.python2 import Python2File, examine_python2, symbols_in
from consolidate.rewriting import rewritten
from consolidate.scanning import Progress
from consolidate.trial import NEWER, PYTHON2, Rung, rung
from consolidate.vanished import vanished
from consolidate.workers import Workers
from planner.contents import read
from planner.decision import Decision
from planner.documents import Document
from planner.held import left, reasons
from planner.layout import Layout
from planner.model import Action, Edit, EditError, FileEdit, Reference, ShimKind, Symbol, apply_edits, blob_id
from planner.scan import TOO_DEEP
from planner.shims import ShimPlan
from planner.snapshot import File
from planner.survey import PYTHON, Survey

if TYPE_CHECKING:
    from consolidate.own.phases import OwnCodemods
    from consolidate.proof.imports import ModuleFacts
    from consolidate.proving import Rules, Task

_NEWER = "its grammar is newer than the running Python's: run consolidate on a later Python to have it edited"

_CLIMBING = 5
"""Seconds that the slower parsers may take to tell what a file is."""


class FileEdits:
    """Makes the edits of all files. Call `edit`, or `look` where none are wanted, then read `references`."""

    def __init__(
        self,
        survey: Survey,
        files: Sequence[File],
        shims: Mapping[str, ShimPlan],
        decisions: Sequence[Decision],
        documents: Sequence[Document],
        workers: Workers,
        progress: Progress,
        own: OwnCodemods | None = None,
    ) -> None:
        self._own = own
        self._workers = workers
        self._waiting: list[tuple[bytes, FileEdit]] = []
        self.survey, self.shims, self.documents, self.progress = survey, shims, documents, progress
        self.decisions = {decision.path: decision for decision in decisions}
        self.blobs = {file.path: file.blob for file in files}
        self.python2: dict[str, Python2File] = {}
        self.references: tuple[Reference, ...] = ()
        self.notes: list[str] = []
        self._module_of = {engine.id: engine.legacy.module for engine in survey.config.engines}
        self._shim_edits: dict[str, FileEdit] = {}
        self._edits: dict[str, FileEdit] = {}
        self._text_edits: dict[str, FileEdit] = {}
        self._failed: dict[str, str] = {}
        self._facts: dict[tuple[str, str], ModuleFacts] = {}  # by path and blob id
        self._rules: Rules = {
            engine.id: (engine.call.signature, engine.call.expression, engine.replacement.dotted)
            for engine in survey.config.engines
            if engine.call is not None
        }

    def edit(self) -> None:
        """Make and prove the edits of every file; a file that fails is left, with all that must go with it."""
        edited = sorted(path for path, decision in self.decisions.items() if decision.edits_anything)
        read(self.survey.contents.blobs[path] for path in edited)  # one by one, git would be asked for each
        for plan in self.shims.values():
            self._shim(plan)
        total = len(self.decisions)
        for number, decision in enumerate(self.decisions.values(), 1):
            if decision.edits_anything:
                self._importer(decision)
            self.progress("edit", number, total)
        self._climb()
        for document in self.documents:
            self._document(document)
        self._prove_all()
        self._fail_groups()
        self.references = tuple(sorted(self._references(), key=order))

    def look(self) -> None:
        """Tell the references, and make no edits; what only the proof of an edit would tell is not known then."""
        self._climb()
        self.references = tuple(sorted(self._references(), key=order))

    def _climb(self) -> None:
        """Show what `ast` does not read to the slower parsers."""
        for path in self.survey.unparsed:
            data = self.survey.contents[path]
            if self.survey.unparsed[path] == TOO_DEEP or not path.endswith(PYTHON):
                continue  # for other parsers, too
            try:
                found = self._workers.guarded(rung, (path, data, symbols_in(data, self.survey)), _CLIMBING)
            except Lost as lost:
                self.survey.unparsed[path] += f"; for another parser, {lost}"
                continue
            if found.kind == PYTHON2:
                self._python2(path, data, found)
            elif found.kind == NEWER:
                self.survey.unparsed[path] = _NEWER

    def _shim(self, plan: ShimPlan) -> None:
        data = self.survey.contents[plan.path]
        edits = deprecation_shim.edits(plan, data, self.survey.config)
        if not edits:
            return
        engines = {engine.legacy: engine.id for engine in self.survey.legacy.modules[plan.module].engines}
        edit = FileEdit(
            path=plan.path,
            blob=self.blobs[plan.path],
            result=blob_id(apply_edits(data, edits, plan.path), self.blobs[plan.path]),
            edits=edits,
            renames=tuple(
                (plan.module if item.name == "*" else f"{plan.module}.{item.name}", item.symbol.dotted)
                for item in plan.served
            ),
            calls=tuple(
                (f"{plan.module}.{item.name}", engines[Symbol(plan.module, item.name)])
                for item in plan.served
                if item.rule is not None
            ),
        )
        self._shim_edits[plan.path] = edit
        self._waiting.append((data, edit))

    def _importer(self, decision: Decision) -> None:
        path, data = decision.path, self.survey.contents[decision.path]
        try:
            code = self.survey.inside.get(path)
            memo = self._workers.memo
            edits = (
                rewritten(data, decision, memo) if code is None else carry(code, rewritten(code.code, decision, memo))
            )
            if path in self._shim_edits:
                data, edits = deprecation_shim.after(self._shim_edits[path], self._plan_of(path), data, edits)
            new = apply_edits(data, edits, path)
        except CodemodError as error:
            self._failed[path] = f"line {error.line}: {error.what}"
            return
        except EditError as error:
            self._failed[path] = f"two edits meet: {error}"
            return
        like = self.blobs[path]
        edit = FileEdit(
            path=path,
            blob=blob_id(data, like) if path in self._shim_edits else like,
            result=blob_id(new, like),
            edits=edits,
            renames=decision.proof_renames,
            strings=decision.proof_strings,
            stars=decision.proof_stars,
            calls=decision.proof_calls,
        )
        if edits:
            self._edits[path] = edit
            self._waiting.append((data, edit))

    def _document(self, document: Document) -> None:
        path = document.path
        try:
            memo = self._workers.memo
            edits = rewrite_text.edits(document, lambda data, decision: rewritten(data, decision, memo))
            if edits:
                self._add(self._text_edits, path, edits, document.moves, document.strings, document.decision)
        except (CodemodError, EditError) as error:
            self._failed[path] = str(error)

    def _python2(self, path: str, data: bytes, read: Rung) -> None:
        found = examine_python2(path, data, self.survey, read, self._workers, _CLIMBING)
        if why := reasons(self.survey.config).get(path):
            found = Python2File(left(found.references, why))
        self.python2[path] = found
        if found.edits:
            try:
                self._add(self._edits, path, found.edits, found.renames)
            except EditError as error:
                self._failed[path] = str(error)

    def _add(
        self,
        to: dict[str, FileEdit],
        path: str,
        edits: tuple[Edit, ...],
        renames: tuple[tuple[str, str], ...] = (),
        strings: tuple[tuple[str, str], ...] = (),
        decision: Decision | None = None,
    ) -> None:
        data, like = self.survey.contents[path], self.blobs[path]
        result = blob_id(apply_edits(data, edits, path), like)
        stars, calls = (decision.proof_stars, decision.proof_calls) if decision is not None else ((), ())
        edit = FileEdit(path, like, result, edits, renames=renames, strings=strings, stars=stars, calls=calls)
        to[path] = edit
        self._waiting.append((data, edit))

    def _prove_all(self) -> None:
        """Prove every edit that was made; what is not proved is left."""
        from consolidate.proving import PROVING, VERDICTS, WEIGHT, Task, prove_task

        waiting = sorted(self._waiting, key=lambda item: item[1].path)
        tasks = []
        for old, edit in waiting:
            # A layout of the one file is enough to name its module, and cheap to send.
            layout = Layout([edit.path], self.survey.config.source_roots)
            tasks.append(Task(old, edit, self._rules, layout))
        size = WEIGHT * sum(len(old) for old, _ in waiting)
        verdicts = self._workers.recalled(prove_task, tasks, size, PROVING, VERDICTS, self._keys(tasks))
        for number, ((_, edit), verdict) in enumerate(zip(waiting, verdicts, strict=True), 1):
            reason = verdict.reason
            if verdict.facts is not None:
                before, after = verdict.facts
                self._facts |= {(edit.path, edit.blob): before, (edit.path, edit.result): after}
            if reason and edit is self._shim_edits.get(edit.path):
                del self._shim_edits[edit.path]
                self.notes.append(f"{edit.path} gets no shim: {reason}")
                if edit.path in self.decisions:
                    self._failed[edit.path] = reason
            elif reason:
                self._failed[edit.path] = reason
                self._edits.pop(edit.path, None)
                self._text_edits.pop(edit.path, None)
            self.progress("prove", number, len(waiting))
        for path in self._failed:  # also the edits that were made behind a shim which is not there
            self._edits.pop(path, None)

    def _keys(self, tasks: Sequence[Task]) -> list[bytes | None]:
        """Return what each verdict depends on; a phase is proved again when it is applied, whatever is kept here."""
        from consolidate.proving import PROVING

        memo = self._workers.memo
        rules = repr(sorted(self._rules.items()))
        return [
            None
            if PROVING.risky(task)
            else memo.key("prove", task.old, repr(task.edit), rules, task.layout.module(task.edit.path))
            for task in tasks
        ]

    def _fail_groups(self) -> None:
        """Give up the files that must be edited together with one that failed."""
        groups = {d.group: path for path, d in sorted(self.decisions.items()) if path in self._failed}
        for path, decision in self.decisions.items():
            if decision.group in groups and path in self._edits:
                del self._edits[path]
                self._failed[path] = f"it goes together with {groups[decision.group]}, which is left"

    # ---- references -------------------------------------------------------------------------------------------------

    def _references(self) -> list[Reference]:
        found: list[Reference] = []
        for path, decision in self.decisions.items():
            reason = self._failed.get(path, "")
            found += _given_up(decision.references, reason)
        for module in self.survey.legacy.modules.values():
            if module.path in self._shim_edits and self._plan_of(module.path).kind is not ShimKind.WARN:
                found += vanished(self.survey, self._plan_of(module.path), self.decisions.get(module.path))
        for document in self.documents:
            found += _given_up(document.references, self._failed.get(document.path, ""))
        for python2 in self.python2.values():
            found += python2.references
        return found

    def _plan_of(self, path: str) -> ShimPlan:
        return next(plan for plan in self.shims.values() if plan.path == path)


def _given_up(references: Sequence[Reference], reason: str) -> list[Reference]:
    """Return references that are not rewritten after all, if there is a reason."""
    return [
        replace(item, action=Action.MANUAL, new="", reason=reason)
        if reason and item.action is Action.REWRITTEN
        else item
        for item in references
    ]


def order(item: Reference) -> tuple[str, int, int, str, str, str]:
    """Return by what references are sorted: the place first."""
    return (item.path, item.line, item.column, item.engine, item.form, item.text)
