"""While a class and its replacement are two, who makes objects of one is not parted from who tests for it."""

from planner.model import Plan
from tests.planner.trees import plan_of

CONFIG = '[migration]\nname = "m"\ntarget = "app.new:New"\n\n[[engine]]\nlegacy = "app.old:Old"\n'
NEW = "class New(Exception):\n    def run(self):\n        return 1\n"
OLD = "class Old(Exception):\n    def run(self):\n        return 1\n\n    def stop(self):\n        return 2\n"
MAKES = "from app.old import Old\n\n\ndef make():\n    return Old()\n"
TESTS = "from app.old import Old\n\n\ndef is_one(value):\n    return isinstance(value, Old)\n"
CATCHES = (
    "from app.old import Old\n\n\ndef guarded(call):\n"
    "    try:\n        call()\n    except (ValueError, Old):\n        pass\n"
)
NAMES = "from app.old import Old\n\n\ndef run(engine: Old):\n    return engine.run()\n"
STAYS = "\n\ndef stop(engine: Old):\n    return engine.stop()\n"  # which New lacks, so that Old stays


def planned(config: str = CONFIG, old: str = OLD, new: str = NEW, **files: str) -> Plan:
    tree = {"consolidate.toml": config, "app/__init__.py": "", "app/new.py": new, "app/old.py": old}
    tree |= {f"app/{name}.py": text for name, text in files.items()}
    return plan_of({path: text.encode() for path, text in tree.items()})


def moved(plan: Plan) -> set[str]:
    return {file.path[4:-3] for phase in plan.phases for file in phase.files} - {"old"}


def why(plan: Plan, name: str) -> set[str]:
    return {item.reason for item in plan.references if item.path == f"app/{name}.py" and item.reason}


def test_a_test_stays_with_who_makes_what_it_is_for():
    for tests, line in ((TESTS, 5), (CATCHES, 7)):
        plan = planned(stays=MAKES + STAYS, makes=MAKES, tests=tests, names=NAMES)
        assert moved(plan) == {"names"}
        assert why(plan, "tests") == {"`Old` stays, and what app/stays.py:5 makes of it would not be recognised here"}
        reason = f"`Old` stays, and app/tests.py:{line}, which tests for it, would not recognise what is made here"
        assert why(plan, "makes") == {reason}


def test_who_makes_it_stays_with_who_tests_for_it():
    plan = planned(stays=TESTS + STAYS, makes=MAKES, sub="from app.old import Old\n\n\nclass Sub(Old):\n    pass\n")
    reason = "`Old` stays, and app/stays.py:5, which tests for it, would not recognise what is made here"
    assert moved(plan) == set()
    assert why(plan, "makes") == why(plan, "sub") == {reason}


def test_where_nobody_is_parted_all_move():
    stays = NAMES + STAYS
    assert moved(planned(stays=stays, makes=MAKES, tests=TESTS)) == {"makes", "tests"}
    assert moved(planned(stays=MAKES + STAYS, makes=MAKES, names=NAMES)) == {"makes", "names"}
    assert moved(planned(stays=TESTS + STAYS, tests=CATCHES, names=NAMES)) == {"tests", "names"}
    assert moved(planned(makes=MAKES, tests=TESTS)) == {"makes", "tests"}  # the shim hands out the replacement itself
    accepted = CONFIG + 'contract = "accept"\n'
    assert moved(planned(accepted, stays=MAKES + STAYS, tests=TESTS)) == {"stays", "tests"}


def test_members_of_an_enumeration_are_its_objects():
    kinds = "import enum\n\n\nclass {}(enum.Enum):\n    A = 1\n    B = 2\n"
    names = "from app.old import Old\n\n\ndef of(kind: Old) -> Old:\n    return kind\n"
    compares = "from app.old import Old\n\n\ndef is_a(kind):\n    return kind is Old.A\n"
    takes = "from app.old import Old\n\n\ndef kind():\n    return Old.A, Old.C\n"
    new, old = kinds.format("New"), kinds.format("Old") + "    C = 3\n"
    plan = planned(old=old, new=new, takes=takes, compares=compares, names=names)
    assert moved(plan) == {"names"}
    reason = "`Old` stays, and its members in app/takes.py:5 are none of those that would be named here"
    assert why(plan, "compares") == {reason}
    assert moved(planned(old=old, new=new, compares=compares, names=names)) == {"compares", "names"}
    used = old + "\n\ndef use(kind=Old.A):\n    return kind\n"
    other = "from app.old import use\n\nuse()\n"
    assert moved(planned(old=used, new=new, compares=compares, names=names, other=other)) == {"names"}


def test_what_the_legacy_module_makes_counts_where_somebody_stays_with_it():
    sub = OLD + "\n\nclass Sub(Old):\n    pass\n"
    other = "from app.old import Sub\n\nmade = Sub()\n"
    plan = planned(old=sub, stays=NAMES + STAYS, tests=CATCHES, other=other)
    assert moved(plan) == set()
    assert why(plan, "tests") == {"`Old` stays, and what app/old.py:9 makes of it would not be recognised here"}
    assert moved(planned(old=sub, stays=NAMES + STAYS, tests=CATCHES)) == {"tests"}


def test_what_the_legacy_module_tests_for_counts_but_not_what_the_class_compares_itself_with():
    other = "from app.old import use\n\nuse(None)\n"
    body = OLD + "\n    def __eq__(self, other):\n        return isinstance(other, Old)\n\n\ndef use(value):\n    {}\n"
    plan = planned(
        old=body.format("return isinstance(value, (int, Old))"), stays=NAMES + STAYS, makes=MAKES, other=other
    )
    assert moved(plan) == set()
    reason = "`Old` stays, and app/old.py:13, which tests for it, would not recognise what is made here"
    assert why(plan, "makes") == {reason}
    assert moved(planned(old=body.format("return value"), stays=NAMES + STAYS, makes=MAKES, other=other)) == {"makes"}


def test_who_hands_it_on_may_let_others_make_it():
    hands = "from app.old import Old\n\nKINDS = {'old': Old}\n"
    assert moved(planned(stays=hands + STAYS, tests=TESTS)) == set()
    assert moved(planned(stays=TESTS + STAYS, hands=hands)) == set()
    compares = "from app.old import Old\n\n\ndef same(kind):\n    return kind is Old\n"
    assert moved(planned(stays=TESTS + STAYS, compares=compares)) == {"compares"}
