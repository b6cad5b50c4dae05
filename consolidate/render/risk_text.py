"""Why a phase has its risk, in a sentence: the forms and the facts that raise it, counted."""

from __future__ import annotations

from collections import Counter

from consolidate.render.words import number
from planner.model import Phase
from planner.risk import FORM_POINTS, MANY_IMPORTERS

_FORMS = {
    "attribute": ("attribute of a module", "attributes of modules"),
    "base-class": ("base class", "base classes"),
    "dotted-string": ("dotted string", ""),
    "import-string": ("import by string", "imports by string"),
    "python2": ("place in Python 2", "places in Python 2"),
    "patch-target": ("patch target", ""),
    "star-import": ("star import", ""),
}


def why(phase: Phase) -> str:
    """Return what raises the risk of a phase: `3 patch targets, 2 files that no test imports`; "" for nothing."""
    forms: Counter[str] = Counter()
    for file in phase.risk_facts:
        forms.update({form: count for form, count in file.forms if form in FORM_POINTS})
    order = sorted(forms, key=lambda form: (-FORM_POINTS[form], -forms[form], form))
    words = [number(forms[form], *_FORMS.get(form, (form, ""))) for form in order]
    having = Counter(name for file in phase.risk_facts for name in file.facts)
    if having["deleted"]:
        words.append(f"{number(having['deleted'], 'file')} deleted")
    if having["unproved"]:
        words.append(f"{number(having['unproved'], 'file')} with unproved edits")
    if having["untested"]:
        words.append(f"{number(having['untested'], 'file')} that no test imports")
    if having["dynamic"]:
        words.append(f"{number(having['dynamic'], 'file')} that look{'s' if having['dynamic'] == 1 else ''} names up")
    many = [file.importers for file in phase.risk_facts if file.importers >= MANY_IMPORTERS]
    if len(many) == 1:
        words.append(f"one file with {many[0]} importers")
    elif many:
        words.append(f"{len(many)} files with {MANY_IMPORTERS} to {max(many)} importers")
    hubs = sum(1 for file in phase.risk_facts if "spread" in file.facts and file.importers < MANY_IMPORTERS)
    if hubs:
        words.append(f"{number(hubs, 'file')} that hand{'s' if hubs == 1 else ''} names on")
    return ", ".join(words)
