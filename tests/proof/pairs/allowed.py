"""What the edits under proof may change, in the module `pkg.app.user`."""

from __future__ import annotations

from consolidate.proof import Allowed, CallRule

MODULE = "pkg.app.user"

ALLOWED = Allowed(
    moves=(
        ("pkg.legacy.Eng", "pkg.core.UserEng"),
        ("pkg.legacy.Sup", "pkg.core.UserEng"),
        ("pkg.legacy.make", "pkg.factory.create"),
        ("pkg.legacy.Context", "pkg.context.Context"),
        ("pkg.legacy.Ctor", "pkg.core.UserEng"),
        ("pkg.legacy.Call", "pkg.core.UserEng"),
        ("pkg.legacy.build", "pkg.factory.Factory.create"),
        ("pkg.Eng", "pkg.core.UserEng"),
        ("pkg.app.legacy.Eng", "pkg.core.UserEng"),
        ("pkg.oldmod", "pkg.newmod"),
        ("pkg.oldmod.Thing", "pkg.newmod.Item"),
        ("pkg.app.user.Eng", "pkg.app.user.UserEng"),
        ("pkg.importer.Eng", "pkg.importer.UserEng"),
        ("legacy.Eng", "core.UserEng"),
    ),
    calls=(
        (
            "pkg.legacy.Ctor",
            CallRule(
                "(registry, bridge, context=None)",
                "UserEng.create_from_legacy(registry, bridge, context)",
            ),
        ),
        ("pkg.legacy.build", CallRule("(a)", "Factory.create(a, kind=str(1))")),
        ("pkg.legacy.Call", CallRule("(a, b, *, c=1)", "await UserEng.make(second=b, first=a, third=c)")),
    ),
    strings=(("pkg.legacy.Eng", "pkg.core.UserEng"), ("pkg.app.user.Eng", "pkg.app.user.UserEng")),
    stars=(("pkg.legacy", ("Eng", "Sup", "make", "Context", "other")),),
)

IMPORT, MOVED = "from pkg.legacy import Eng\n", "from pkg.core import UserEng\n"
