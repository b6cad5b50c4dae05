"""The middle of a plan: the files that are edited are cut into phases, which the gates look at, and told."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from codemods import deprecation_shim
from consolidate.file_edits import FileEdits, order
from consolidate.removal import holding, left_behind, outside_note, shim_notes
from planner.model import (
    Action,
    EnginePlan,
    FileEdit,
    Phase,
    Plan,
    Reference,
    Risk,
    ShimKind,
    Skipped,
    apply_edits,
)
from planner.phases import Draft, ImportOrder, Unit, draft, units
from planner.terms import Terms

_RISKS = (Risk.LOW, Risk.MEDIUM, Risk.HIGH)
_IMPORTS = ("from-import", "module-import", "star-import", "re-export", "python2")


class Assembly(FileEdits):
    """Collects what a plan holds. Call `edit`, then read `references` and make the `plan`.

    Where no edits are wanted, call `look` and make the `inventory`.
    """

    def plan(self, commit: str, references: tuple[Reference, ...], skipped: tuple[Skipped, ...]) -> Plan:
        """Return the plan, not yet sealed."""
        return self.inventory(commit, references, skipped, self._phases(references))

    def inventory(
        self,
        commit: str,
        references: tuple[Reference, ...],
        skipped: tuple[Skipped, ...],
        phases: tuple[Phase, ...] = (),
    ) -> Plan:
        """Return a plan of these phases, not yet sealed."""
        survey, config = self.survey, self.survey.config
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
                key=order,
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
        from consolidate.gates import Gates
        from consolidate.own.phases import Outcome

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
        return Gates(self.survey, self._workers, self.progress, self._facts).check(outcome.phases, outcome.watched)

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
        held = {item.path for item in self.survey.config.held}
        if rejected := sorted(plan.path for plan in shims if plan.path in held):
            self.notes.append(f"the shims stay: an edit of {rejected[0]} was rejected in review")
            return ()
        modules = {plan.module for plan in shims}
        passing = {item for decision in self.decisions.values() for item in decision.passing}
        left = holding(references, modules, self._module_of, passing)
        outside = sorted(path for path, named in self.survey.outside.items() if named & modules)
        if left or outside or not shims or any(plan.kept is not None for plan in shims):
            if left:
                first = min(left, key=order)
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
        name = engine.id
        mine = [item for item in references if item.engine == name]
        shim = self.shims.get(engine.legacy.module)
        counts = {action.value: sum(1 for item in mine if item.action is action) for action in Action}
        destination = survey.legacy.destination(engine.legacy.module, engine.legacy.name)
        kinds = dict(shim.kinds) if shim is not None else {}
        first = survey.legacy.modules[engine.legacy.module].engines[0] is engine
        notes = shim_notes(shim) if shim is not None and first else ()
        if shim is not None and shim.done and first:
            module = engine.legacy.module
            notes += tuple(outside_note(path) for path, named in sorted(survey.outside.items()) if module in named)[:1]
        path = survey.legacy.modules[engine.legacy.module].path
        return EnginePlan(
            id=name,
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
