"""The middle of a plan: decisions become edits, each edited file is proved, and the files are cut into phases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from codemods import deprecation_shim, rewrite_text
from codemods.newer_grammar import is_newer
from codemods.python2 import Python2Error, is_python2
from codemods.refusal import CodemodError
from codemods.registry import rewrite
from codemods.rewrite_notebook import carry
from consolidate.gates import Gates
from consolidate.own.phases import Outcome, OwnCodemods
from consolidate.proving import Rules, Task, prove_task
from consolidate.python2 import Python2File, examine_python2
from consolidate.removal import holding, left_behind, shim_notes
from consolidate.scanning import Progress
from consolidate.workers import Workers
from planner.decision import Decision
from planner.documents import Document
from planner.facts import FileFacts
from planner.found import Found
from planner.layout import Layout
from planner.model import (
    Action,
    Edit,
    EditError,
    EnginePlan,
    FileEdit,
    Phase,
    Plan,
    Reference,
    Risk,
    ShimKind,
    Skipped,
    Symbol,
    apply_edits,
    blob_id,
)
from planner.phases import Draft, ImportOrder, Unit, draft, units
from planner.shims import ShimPlan
from planner.snapshot import File
from planner.survey import Survey
from planner.terms import Terms

_RISKS = (Risk.LOW, Risk.MEDIUM, Risk.HIGH)
_NEWER = "its grammar is newer than the running Python's: run consolidate on a later Python to have it edited"
_IMPORTS = ("from-import", "module-import", "star-import", "re-export", "python2")


class Assembly:
    """Collects what a plan holds. Call `edit`, then read `references` and make the `plan`."""

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
        self._rules: Rules = {
            engine.id: (engine.call.signature, engine.call.expression, engine.replacement.dotted)
            for engine in survey.config.engines
            if engine.call is not None
        }

    # ---- edits ------------------------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Make and prove the edits of every file; a file that fails is left, with all that must go with it."""
        for plan in self.shims.values():
            self._shim(plan)
        total = len(self.decisions)
        for number, decision in enumerate(self.decisions.values(), 1):
            if decision.edits_anything:
                self._importer(decision)
            self.progress("edit", number, total)
        for path in self.survey.unparsed:
            data = self.survey.contents[path]
            if path.endswith(".py") and is_python2(data):
                self._python2(path, data)
            elif is_newer(data):
                self.survey.unparsed[path] = _NEWER
        for document in self.documents:
            self._document(document)
        self._prove_all()
        self._fail_groups()
        self.references = tuple(sorted(self._references(), key=_order))

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
            edits = rewrite(data, decision) if code is None else carry(code, rewrite(code.code, decision))
            if path in self._shim_edits:
                data, edits = self._behind_notice(path, data, edits)
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
            edits = rewrite_text.edits(document)
            if edits:
                self._add(self._text_edits, path, edits, document.moves, document.strings, document.decision)
        except (CodemodError, EditError) as error:
            self._failed[path] = str(error)

    def _behind_notice(self, path: str, data: bytes, edits: tuple[Edit, ...]) -> tuple[bytes, tuple[Edit, ...]]:
        """Return a legacy file with its notice, and the edits moved behind it: the notice is an earlier phase's."""
        notice = self._shim_edits[path].edits[0]
        length = len(notice.new.encode())
        lines = notice.new.count("\n")
        moved = tuple(
            replace(edit, start=edit.start + length, end=edit.end + length, line=edit.line + lines)
            if edit.start >= notice.start
            else edit
            for edit in edits
        )
        return apply_edits(data, (notice,), path), moved

    def _python2(self, path: str, data: bytes) -> None:
        found = examine_python2(path, data, self.survey)
        self.python2[path] = found
        if found.edits:
            try:
                self._add(self._edits, path, found.edits, found.renames)
            except (EditError, Python2Error) as error:
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
        waiting = sorted(self._waiting, key=lambda item: item[1].path)
        tasks = []
        for old, edit in waiting:
            # A layout of the one file is enough to name its module, and cheap to send.
            layout = Layout([edit.path], self.survey.config.source_roots)
            tasks.append(Task(old, edit, self._rules, layout))
        size = sum(len(old) for old, _ in waiting) * 4  # to prove a file costs some four times as much as to scan it
        verdicts = self._workers.map(prove_task, tasks, size)
        for number, ((_, edit), reason) in enumerate(zip(waiting, verdicts, strict=True), 1):
            if reason and edit.path in self._shim_edits and edit is self._shim_edits[edit.path]:
                del self._shim_edits[edit.path]
                self.notes.append(f"{edit.path} gets no shim: {reason}")
            elif reason:
                self._failed[edit.path] = reason
                self._edits.pop(edit.path, None)
                self._text_edits.pop(edit.path, None)
            self.progress("prove", number, len(waiting))

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
            if module.path in self._shim_edits and module.path not in self.decisions:
                found += self._vanished(module.path)
        for document in self.documents:
            found += _given_up(document.references, self._failed.get(document.path, ""))
        for python2 in self.python2.values():
            found += python2.references
        return found

    def _vanished(self, path: str) -> list[Reference]:
        """Return the references that a legacy module itself had, gone with its implementation."""
        file = next((file for file in self.survey.files if file.path == path), None)
        plan = next(plan for plan in self.shims.values() if plan.path == path)
        kept = plan.kept.names if plan.kept is not None else frozenset()
        has = kept | {item.name for item in plan.served}
        return [
            Reference(
                path=path,
                line=item.line,
                column=item.column,
                engine=item.destination.engine.id,
                form=item.form,
                action=Action.REWRITTEN,
                text=item.shown,
                new="(the shim)" if file is not None and _local(file.facts, item) in has else "(gone with the rest)",
            )
            for item in (file.references if file is not None else ())
            if item.listed
        ]

    # ---- the plan ---------------------------------------------------------------------------------------------------

    def plan(self, commit: str, references: tuple[Reference, ...], skipped: tuple[Skipped, ...]) -> Plan:
        """Return the plan, not yet sealed."""
        survey, config = self.survey, self.survey.config
        phases = self._phases(references)
        number_of: dict[str, int] = {}
        for phase in phases:
            if all(":" in codemod for codemod in phase.codemods):
                continue  # codemods of the user's own alone: no reference is rewritten by them
            for edit in phase.files:
                if not edit.deleted and not (phase.number > 1 and edit.path in number_of and self._is_shim(edit)):
                    number_of[edit.path] = phase.number
        numbered = tuple(
            sorted(
                (
                    replace(item, phase=number_of.get(item.path)) if item.action is Action.REWRITTEN else item
                    for item in references
                ),
                key=_order,
            )
        )
        changed = len({edit.path for phase in phases for edit in phase.files})
        terms = Terms(survey.contract, survey.files)
        return Plan(
            commit=commit,
            migration=config.name,
            config_sha256=config.sha256,
            target=config.target,
            engines=tuple(self._engine(index, numbered, terms) for index in range(len(config.engines))),
            references=numbered,
            phases=phases,
            skipped=skipped,
            additions=terms.additions(config.engines),
            scanned=len(survey.scanned),
            changed=changed,
            unchanged=len(survey.scanned) - changed - len(skipped),
            notes=tuple(sorted(self.notes)),
            source_roots=config.source_roots,
        )

    def _is_shim(self, edit: FileEdit) -> bool:
        return any(item.codemod == deprecation_shim.ID for item in edit.edits)

    def _phases(self, references: tuple[Reference, ...]) -> tuple[Phase, ...]:
        groups = {path: decision.group for path, decision in self.decisions.items()}
        engines: dict[str, set[str]] = {}
        for item in references:
            engines.setdefault(item.path, set()).add(item.engine)
        by_path = {path: frozenset(names) for path, names in engines.items()}
        drafts = draft(
            self.survey.config,
            units(self._shim_edits, {}, by_path),
            units(self._edits, groups, by_path),
            units(self._text_edits, {}, by_path),
            ImportOrder(self.survey.layout, self.survey.contract.graph),
        )
        drafted: list[tuple[Phase, int]] = []
        last: dict[str, FileEdit] = {}
        for cut in drafts:
            if not cut.units and self._own is None:
                continue
            phase = self._phase(len(drafted) + 1, cut, references)
            drafted.append((phase, cut.table))
            last.update((edit.path, edit) for edit in phase.files)
        removal = self._removal(references, last)
        if removal:
            title = "Remove the shims that nothing refers to"
            modules = {plan.module for plan in self.shims.values() if plan.path in {edit.path for edit in removal}}
            notes = left_behind(references, modules, self._module_of)
            phase = Phase(len(drafted) + 1, title, (deprecation_shim.REMOVE,), removal, Risk.MEDIUM, notes=notes)
            drafted.append((phase, 0))
        outcome = Outcome(tuple(phase for phase, _ in drafted))
        if self._own is not None:
            outcome = self._own.run(drafted, references, self._rules)
            self.notes += outcome.notes
        return Gates(self.survey, self._workers, self.progress).check(outcome.phases, outcome.watched)

    def _phase(self, number: int, item: Draft, references: tuple[Reference, ...]) -> Phase:
        edits: list[FileEdit] = []
        for unit in item.units:
            edits += (self._edit_of(path, unit) for path in unit.paths)
        paths = {edit.path for edit in edits}
        risks = [ref.risk for ref in references if ref.path in paths and ref.action is Action.REWRITTEN]
        codemods = sorted({edit.codemod for file in edits for edit in file.edits})
        return Phase(
            number=number,
            title=item.title,
            codemods=tuple(codemods),
            files=tuple(sorted(edits, key=lambda edit: edit.path)),
            risk=max(risks, key=_RISKS.index, default=Risk.LOW),
        )

    def _edit_of(self, path: str, unit: Unit) -> FileEdit:
        if deprecation_shim.ID in unit.codemods and path in self._shim_edits:
            return self._shim_edits[path]
        return self._edits[path] if path in self._edits else self._text_edits[path]

    def _removal(self, references: tuple[Reference, ...], last: Mapping[str, FileEdit]) -> tuple[FileEdit, ...]:
        """Return the deletions of the last phase: all shims, once no reference to any of them is left."""
        specs = self.survey.config.phases
        if specs and not any(deprecation_shim.REMOVE in spec.codemods for spec in specs):
            return ()
        shims = [
            plan
            for plan in self.shims.values()
            if plan.kind in (ShimKind.ALIAS, ShimKind.ADAPTER) and (plan.done or plan.path in self._shim_edits)
        ]
        modules = {plan.module for plan in shims}
        passing = {item for decision in self.decisions.values() for item in decision.passing}
        left = holding(references, modules, self._module_of, passing)
        outside = sorted(path for path, named in self.survey.outside.items() if named & modules)
        if left or outside or not shims or any(plan.kept is not None for plan in shims):
            if left:
                first = min(left, key=_order)
                count = f"{len(left)} references to them are" if len(left) > 1 else "1 reference to them is"
                self.notes.append(f"the shims stay: {count} left, first {first.path}:{first.line}")
            elif outside and shims:
                self.notes.append(f"the shims stay: {outside[0]}, which is excluded, refers to them")
            elif shims:
                self.notes.append("the shims stay: what has no successor is kept in them")
            return ()
        deletions = []
        for plan in sorted(shims, key=lambda plan: plan.path):
            before = self.survey.contents[plan.path]
            edited = last.get(plan.path)
            data = apply_edits(before, edited.edits, plan.path) if edited is not None else before
            blob = edited.result if edited is not None else self.blobs[plan.path]
            deletions.append(FileEdit(plan.path, blob, "", deprecation_shim.removal(data), deleted=True))
        return tuple(deletions)

    def _engine(self, index: int, references: tuple[Reference, ...], terms: Terms) -> EnginePlan:
        survey = self.survey
        engine = survey.config.engines[index]
        mine = [item for item in references if item.engine == engine.id]
        shim = self.shims.get(engine.legacy.module)
        counts = {action.value: sum(1 for item in mine if item.action is action) for action in Action}
        destination = survey.legacy.destination(engine.legacy.module, engine.legacy.name)
        kinds = dict(shim.kinds) if shim is not None else {}
        first = survey.legacy.modules[engine.legacy.module].engines[0] is engine
        notes = shim_notes(shim) if shim is not None and first else ()
        path = survey.legacy.modules[engine.legacy.module].path
        return EnginePlan(
            id=engine.id,
            legacy=engine.legacy,
            replacement=destination.symbol or engine.replacement,
            path=path,
            shim=kinds.get(engine.id, ShimKind.NONE),
            mode=engine.mode,
            importers=tuple(sorted({item.path for item in mine if item.form in _IMPORTS and item.path != path})),
            references=tuple(sorted(counts.items())),
            contract=terms.of(engine),
            call=(engine.call.signature, engine.call.expression) if engine.call is not None else ("", ""),
            notes=notes,
        )


def _local(facts: FileFacts, item: Found) -> str:
    """Return the name under which a module has what a reference reaches."""
    if item.use >= 0:
        return facts.uses[item.use].name
    return facts.aliases[item.alias].local if item.alias >= 0 else item.key.name


def _given_up(references: Sequence[Reference], reason: str) -> list[Reference]:
    """Return references that are not rewritten after all, if there is a reason."""
    return [
        replace(item, action=Action.MANUAL, new="", reason=reason)
        if reason and item.action is Action.REWRITTEN
        else item
        for item in references
    ]


def _order(item: Reference) -> tuple[str, int, int, str, str, str]:
    return (item.path, item.line, item.column, item.engine, item.form, item.text)
