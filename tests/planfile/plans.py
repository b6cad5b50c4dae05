"""Plans made by hand, small and whole, for the tests of what is done with a plan."""

from msgspec.structs import replace

from planner.agreement import Addition, Constructor, EngineContract, Member, Verdict
from planner.model import (
    Action,
    Edit,
    EnginePlan,
    FileEdit,
    FileRisk,
    Phase,
    Plan,
    Reference,
    Risk,
    ShimKind,
    Skipped,
    Symbol,
    blob_id,
)

OLD = b"from app.old import Old\n\nprint(Old())\n"
NEW = b"from app.new import New\n\nprint(New())\n"
TARGET = Symbol("app.new", "New")
LEGACY = Symbol("app.old", "Old")
EDITS = (
    Edit(5, 12, "app.old", "app.new", "rewrite-imports", 1),
    Edit(20, 23, "Old", "New", "rewrite-imports", 1),
    Edit(31, 34, "Old", "New", "rewrite-references", 3),
)
FILE = FileEdit(
    "app/user.py",
    blob_id(OLD),
    blob_id(NEW),
    EDITS,
    renames=(("app.old.Old", "app.new.New"),),
    strings=(("a", "b"),),
    stars=(("app.old", ("Old", "Other")),),
)
ENGINE = EnginePlan(
    id="app.old:Old",
    legacy=LEGACY,
    replacement=TARGET,
    path="app/old.py",
    shim=ShimKind.ALIAS,
    mode="consolidate",
    importers=("app/user.py",),
    references=(("left", 0), ("manual", 1), ("rewritten", 2)),
    contract=EngineContract(
        "check",
        Constructor("(a)", "(b)", Verdict.BRIDGED, (("bridged", 1), ("fit", 0), ("unfit", 1)), ("app/user.py:4",)),
        (
            Member(
                "run_all",
                "async method",
                "async run_all(task)",
                "absent",
                Verdict.ABSENT,
                "absent on New",
                3,
                1,
                ("app/user.py:9",),
                ("app/user.py:9",),
            ),
            Member("limit", "class attribute", "limit", "limit", Verdict.SAME, "", 1, 1, ("app/user.py:8",)),
        ),
    ),
    call=("(a)", "New(a)"),
    notes=("a note",),
)
RISKS = (
    FileRisk("app/user.py", Risk.MEDIUM, (("from-import", 1), ("patch-target", 2)), ("spread", "untested"), 41, 0),
)
PLAN = Plan(
    commit="1" * 40,
    migration="one-engine",
    config_sha256="2" * 64,
    target=TARGET,
    engines=(ENGINE,),
    references=(
        Reference(
            "app/user.py", 1, 20, ENGINE.id, "from-import", Action.REWRITTEN, "import Old", "import New", phase=1
        ),
        Reference("app/user.py", 3, 6, ENGINE.id, "name", Action.REWRITTEN, "Old", "New", phase=1, risk=Risk.MEDIUM),
        Reference("app/odd.py", 7, 0, ENGINE.id, "string", Action.MANUAL, "'Old'", reason="built at run time"),
    ),
    phases=(
        Phase(1, "Application code", ("rewrite-imports",), (FILE,), Risk.MEDIUM, ("mind this",), risk_facts=RISKS),
    ),
    skipped=(Skipped("bad.py", "does not parse"),),
    additions=(
        Addition(
            "app.new:New",
            "run_all",
            "async method",
            "async run_all(self, task)",
            Verdict.ABSENT,
            "absent on New",
            3,
            1,
            1,
            (ENGINE.id,),
        ),
    ),
    scanned=12,
    changed=1,
    unchanged=10,
    notes=("a note",),
)


def with_file(file: FileEdit) -> Plan:
    """Return PLAN with another file in its only phase."""
    return replace(PLAN, phases=(replace(PLAN.phases[0], files=(file,)),))
