"""What the contract gate lets move: the legacy modules that become shims, and whom that holds back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from planner.apart import hold_apart
from planner.found import Found, FoundFile
from planner.held import hold, reasons
from planner.loaders import hold_loaders
from planner.model import Action, Symbol
from planner.outlook import Outlook, look_ahead
from planner.reach import Reach
from planner.survey import Survey


def settle(survey: Survey, can_serve: Callable[[str, Outlook], bool], reserved: frozenset[str]) -> Outlook:
    """Decide with the contract gate what can move, and return which legacy modules become shims, with what is left.

    `can_serve` tells whether the shim of a module can be made; `reserved` are the names that it needs for itself.

    Of a legacy module that becomes a shim, only what it keeps refers to anything and holds others back; of one that
    stays, all does. The answer is found by starting from the best case and giving up what does not hold.
    """
    hold(survey)
    held = reasons(survey.config)
    candidates = frozenset(
        name
        for name, module in survey.legacy.modules.items()
        if module.path not in ("", *held)
        and all(e.mode == "consolidate" and e.shim not in ("none", "warn") for e in module.engines)
    )
    _hold_look_ups(survey)
    replaced = candidates
    saved = {id(item): (item.action, item.stays, item.needs_legacy) for f in survey.files for item in f.references}
    while True:
        for file in survey.files:
            for item in file.references:
                item.action, item.stays, item.needs_legacy = saved[id(item)]
        outlook = look_ahead(survey, replaced, reserved)
        for file in outlook.files:
            survey.contract.check(file, replaced)
        _hold_redirects(survey, outlook.files)
        hold_loaders(survey, outlook.files)
        _hold_givers(outlook.files)
        while _hold_patchers(survey, outlook) or hold_apart(survey, outlook.files, replaced):
            _hold_givers(outlook.files)
        needed = {item.key.module for item in blocking(survey, outlook)}
        needed |= {name for name, kept in outlook.kept.items() if isinstance(kept, str) or not can_serve(name, outlook)}
        forced = {
            name for name in needed if all(e.shim in ("alias", "adapter") for e in survey.legacy.modules[name].engines)
        }
        following = replaced - (needed - forced)
        if following == replaced:
            return outlook
        replaced = following


def _hold_givers(everything: Sequence[FoundFile]) -> None:
    """Let an importer stay where a file that takes the name from it stays: that one gets what the importer has."""
    files = {file.module: file for file in everything if file.module}
    for taker in everything:
        for item in taker.references:
            if not item.via or not item.stays or item.action is not Action.MANUAL or item.destination.symbol is None:
                continue
            reason = f"{taker.path}:{item.line} takes it from here and stays: {item.stays}"
            for giver in {step.module for step in item.via} & set(files):
                for other in files[giver].of(item.key):
                    other.stay(Action.MANUAL, reason, item.needs_legacy)


def _hold_redirects(survey: Survey, everything: Sequence[FoundFile]) -> None:
    """Let a legacy module that stays go on handing out the class of another one that is needed, or may be."""
    files = {file.module: file for file in everything if file.module}
    waiting = [
        (file, item)
        for file in everything
        for item in file.references
        if item.needs_legacy and (item.form != "patch-target" or item.rest or not item.key.name)  # a name, no class
    ]
    while waiting:
        taker, item = waiting.pop()
        giver = files.get(item.key.module)
        if giver is None or giver is taker:
            continue
        if item.key.name:
            names, reason = {item.key.name.partition(".")[0]}, f"takes it from here and stays: {item.stays}"
        else:
            names = {engine.legacy.name for engine in survey.legacy.modules[item.key.module].engines}
            reason = "may take it from here, which cannot be told"
        for other in giver.references:
            if other.alias < 0 or other.use >= 0 or other.stays:
                continue
            if giver.facts.aliases[other.alias].local in names:
                other.stay(Action.MANUAL, f"{taker.path}:{item.line} {reason}", needs_legacy=True)
                waiting.append((giver, other))


def _hold_look_ups(survey: Survey) -> None:
    """Let an import in a function stay where a test patches what it imports, in the importer that hands it on.

    It takes the name anew at each call, and past that importer it would no longer find the patch.
    """
    patched: dict[Symbol, str] = {}
    for file in survey.files:
        for item in file.references:
            if item.form == "patch-target" and item.via and not item.rest and _is_patch(file, item):
                patched.setdefault(item.via[0], f"{file.path}:{item.line}")
    for file in survey.files if patched else ():
        for item in file.references:
            if item.form == "re-export" and item.via[0] in patched and "function" in _context(file, item):
                action = Action.MANUAL if item.constructed_by_rule else Action.LEFT
                item.stay(action, f"{patched[item.via[0]]} patches it in {item.via[0].module}, where it is looked up")


def _is_patch(file: FoundFile, item: Found) -> bool:
    return item.text >= 0 and file.facts.texts[item.text].role not in ("getattr", "vars")


def _context(file: FoundFile, item: Found) -> frozenset[str]:
    return file.facts.statements[file.facts.aliases[item.alias].statement].context


def _hold_patchers(survey: Survey, outlook: Outlook) -> bool:
    """Let stay what is reached by a patch of a member of a legacy class which stays, and in part goes on being used.

    One patch cannot act on two classes. Where all that it reaches moves, the patch follows (decide_strings). Tells
    whether a reference was held.
    """
    files = {file.module: file for file in outlook.files if file.module}
    reach = Reach(survey.layout, survey.resolver.imports, outlook.files)
    held = False
    for file in outlook.files:
        patches = {item.key: item for item in file.references if item.form == "patch-target" and item.rest}
        for key, patch in sorted(patches.items()):
            if key.module in outlook.replaced or not survey.legacy.modules[key.module].path:
                continue
            users = list(reach.users(file, key))
            moving = [
                (site, item)
                for site, item in users
                if not item.stays and (item.text < 0 or item.via) and not _given_by_one_that_stays(item, files)
            ]
            if len(moving) == len(users):
                continue
            for site, item in moving:
                where = f"line {patch.line}" if site is file else f"{file.path}:{patch.line}"
                item.stay(Action.MANUAL, f"{where} patches `{patch.rest[0]}` of it and of what stays here")
                held = True
    return held


def _given_by_one_that_stays(item: Found, files: Mapping[str, FoundFile]) -> bool:
    """Tell whether a use takes its symbol from a module at run time that goes on having the legacy one."""
    if (item.use < 0 and item.text < 0) or not item.via or item.via[0].module not in files:
        return False
    imports = [other for other in files[item.via[0].module].of(item.key) if other.alias >= 0 and other.use < 0]
    return bool(imports) and all(other.stays for other in imports)


def blocking(survey: Survey, outlook: Outlook) -> list[Found]:
    """Return the references for which a legacy implementation must stay."""
    result: list[Found] = []
    for file in outlook.files:
        own = file.module if file.path in survey.legacy.paths else ""
        result += [
            item
            for item in file.references
            if item.needs_legacy and item.key.module != own and not _stays_beside(survey, item)
        ]
    return result


def _stays_beside(survey: Survey, item: Found) -> bool:
    """Tell whether a reference needs no more than a definition that can stay beside a shim."""
    engine_names = {engine.legacy.name for engine in survey.legacy.modules[item.key.module].engines}
    named = item.key.name and item.key.name not in engine_names
    return bool(named) and item.destination.symbol is None and item.form != "patch-target"
