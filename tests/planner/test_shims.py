"""What a plan says of its shims: whom a forced one breaks, which names it drops, what holds it, what still names it."""

from tests.planner.trees import Tree, plan_of, tree

TARGET = """
class New:
    pass
"""


def migration(more: str = "", **files: str) -> Tree:
    text = f"""
[migration]
name = "m"
target = "pkg.new:New"
[[engine]]
legacy = "pkg.old:Old"
{more}
"""
    return {**tree(pkg____init__="", pkg__new=TARGET, **files), "consolidate.toml": text.encode()}


def notes_of(files: Tree) -> tuple[str, ...]:
    return plan_of(files).engines[0].notes


def test_public_names_that_nobody_takes_are_told() -> None:
    old = """
    from pkg.new import New as Old
    from pkg.new import New as Other

    __all__ = ["Old", "Other", "helper"]
    LIMIT = 3

    def helper():
        return LIMIT

    def _private():
        pass
    """
    files = migration(pkg__old=old, user="from pkg.old import Old\n")
    assert notes_of(files) == ("the shim drops `LIMIT`, `helper`: nothing in the repository takes them",)


def test_a_single_name_and_no_name_that_is_dropped() -> None:
    assert notes_of(migration(pkg__old="class Old:\n    pass\nname = 1\n")) == (
        "the shim drops `name`: nothing in the repository takes it",
    )
    caught = "try:\n    pass\nexcept OSError as error:\n    pass\n"
    assert notes_of(migration(pkg__old=f"class Old:\n    pass\n{caught}")) == ()


def test_a_name_that_the_shim_drops_is_not_said_to_be_in_it() -> None:
    old = """
    from pkg.older import Older, make

    class Old:
        pass

    def create():
        return make(Older)
    """
    older = "class Older:\n    pass\ndef make(cls):\n    return cls()\n"
    more = '[[engine]]\nlegacy = "pkg.older:Older"\n[engine.exports]\nmake = "pkg.new:New"'
    plan = plan_of(migration(more, pkg__old=old, pkg__older=older, user="from pkg.old import Old\n"))
    inside = {(item.line, item.text): item.new for item in plan.references if item.path == "pkg/old.py"}
    assert inside
    assert set(inside.values()) == {"(gone with the rest)"}


def test_a_name_that_the_shim_serves_is_said_to_be_in_it() -> None:
    old = "from pkg.older import Older\nclass Old:\n    pass\n"
    more = '[[engine]]\nlegacy = "pkg.older:Older"\n'
    user = "from pkg.old import Old, Older\n"
    plan = plan_of(migration(more, pkg__old=old, pkg__older="class Older:\n    pass\n", user=user))
    assert {item.new for item in plan.references if item.path == "pkg/old.py"} == {"(the shim)"}


def test_a_forced_shim_says_whom_it_breaks() -> None:
    old = "class Old:\n    def more(self):\n        pass\n"
    files = migration('shim = "alias"', pkg__old=old, user="from pkg.old import Old\nOld().more()\n")
    assert notes_of(files) == (
        "the shim is forced, and breaks user.py:1: it uses `more` (line 2), absent on New, and 1 more",
    )


def test_a_path_in_a_document_or_a_setting_holds_the_shims_and_is_named() -> None:
    files = migration(pkg__old="class Old:\n    pass\n", user="from pkg.old import Old\n")
    assert "Remove" in plan_of(files).phases[-1].title
    for path in ("docs/a.md", "a.yaml"):
        plan = plan_of({**files, path: b"title: a\nfile: pkg/old.py\n"})
        assert "Remove" not in plan.phases[-1].title
        assert plan.notes == (f"the shims stay: 1 reference to them is left, first {path}:2",)
    for path in ("setup.cfg", "a.toml"):
        assert "Remove" not in plan_of({**files, path: b"[run]\nsource = 'pkg.old'\n"}).phases[-1].title


def test_words_that_are_left_are_counted_in_the_phase_that_removes_the_shims() -> None:
    user = "from pkg.old import Old  # as pkg/old.py has it\n"
    files = migration(pkg__old="class Old:\n    pass\n", user=user)
    text = b"It was Old.\n\nSee pkg.old for what it did.\n"
    last = plan_of({**files, "a.md": text}).phases[-1]
    assert last.notes == (
        "comments, docstrings or prose still name what this phase removes: 3 mentions in 2 files, first a.md",
    )
    assert (
        plan_of(migration(pkg__old="class Old:\n    pass\n", user="from pkg.old import Old\n")).phases[-1].notes == ()
    )
