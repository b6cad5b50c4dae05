"""Which files may go or stay together: what is decided for one of them may depend on what is decided for another.

What is decided for an importer reaches another file only through a name that one takes from the other, through a group
that goes into one phase, or through a patch of a member (planner.settle, planner.names). What becomes of a legacy
module reaches everybody.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.groups import Groups
from planner.reach import Reach
from planner.survey import Survey


def ties(survey: Survey, groups: Mapping[str, str]) -> dict[str, str]:
    """Return the tied files by path, each with the smallest path of those it is tied to, itself included.

    `groups` names the group of each decided file (planner.decision.Decision.group).
    """
    tied = Groups()
    paths = {file.module: file.path for file in survey.files if file.module}
    reach = Reach(survey.layout, survey.resolver.imports, survey.files)
    for file in survey.files:
        for item in file.references:
            for step in item.via:
                if giver := paths.get(step.module):
                    tied.join(giver, file.path)
        for key in sorted({item.key for item in file.references if item.form == "patch-target" and item.rest}):
            for site, _ in reach.users(file, key):
                tied.join(site.path, file.path)
    for path, group in groups.items():
        tied.join(group, path)
    names = {file.path: tied.find(file.path) for file in [*survey.files, *survey.blocks]}
    sizes = tied.sizes(list(names))
    return {path: name for path, name in names.items() if sizes[name] > 1}
