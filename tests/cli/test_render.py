import csv
import io

from msgspec.structs import replace

from consolidate.render.look import Look, escape
from consolidate.render.plan_documents import markdown, mermaid, references_csv
from consolidate.render.plan_text import phase_page, plan_page
from consolidate.render.table import Column, table
from consolidate.render.words import by_reason, labels
from planner.model import Action, Phase, Symbol, decode
from planner.planfile import seal
from tests.planfile.plans import ENGINE, PLAN

SEALED = seal(PLAN, "consolidate 1")
PHASE = SEALED.phases[0]


def test_the_page_shows_engines_phases_manual_places_skipped_files_and_totals():
    page = "\n".join(plan_page(SEALED, Look()))
    assert "Old" in page
    assert "    1  Application code      1      3  medium" in page
    assert "   1  built at run time\n      app/odd.py:7" in page
    assert "bad.py: does not parse" in page
    assert page.endswith(
        "references found 3 = 2 rewritten + 1 manual + 0 left\nfiles scanned 12 = 1 changed + 10 unchanged + 1 skipped"
    )


def test_the_page_fits_80_columns_whatever_the_names():
    long = "package." * 12 + "module"
    engines = tuple(
        replace(ENGINE, id=f"{long}{n}:{'Name' * 12}", legacy=Symbol(f"{long}{n}", "Name" * 12)) for n in range(3)
    )
    references = tuple(
        replace(PLAN.references[2], path=f"{'folder/' * 20}f{n}.py", engine=engines[0].id, reason="why " * 40)
        for n in range(5)
    )
    phases = (replace(PLAN.phases[0], title="a long title " * 20),)
    plan = seal(replace(PLAN, engines=engines, references=references, phases=phases, target=Symbol("t", "T")), "c")
    page = plan_page(plan, Look())
    assert [line for line in page if len(line) > 80] == []
    assert any(line.endswith("and 2 more files") for line in page)


def test_verbose_shows_every_place():
    references = tuple(replace(PLAN.references[2], line=n) for n in range(1, 9))
    plan = seal(replace(PLAN, references=references), "c")
    assert "app/odd.py:1, 2, 3, ...\n" in "\n".join(plan_page(plan, Look()))
    assert "app/odd.py:8" in "\n".join(plan_page(plan, Look(), verbose=True))


def test_without_phases_the_page_says_so():
    plan = seal(replace(PLAN, phases=(), references=PLAN.references[2:]), "c")
    assert "PHASES  none: there is nothing left that can be rewritten" in plan_page(plan, Look())


def test_text_of_the_repository_cannot_control_the_terminal():
    odd = replace(PLAN.references[2], path=decode(b"a\x1b[31m\xff\n.py"), reason="red\x1b[0m", text="\x9b31m")
    plan = seal(replace(PLAN, references=(odd,), notes=("bell\a",)), "c")
    for text in ("\n".join(plan_page(plan, Look(), verbose=True)), markdown(plan), mermaid(plan)):
        assert all(line.isprintable() for line in text.split("\n"))
        text.encode()
    assert escape("a\x1b\udcff\u202e\n") == r"a\x1b\xff\u202e\n"


def test_an_ascii_terminal_gets_ascii():
    plan = seal(replace(PLAN, notes=("naïve → text",)), "c")
    "\n".join(plan_page(plan, Look(unicode=False))).encode("ascii")


def test_colours_only_where_they_are_wanted():
    assert "\x1b" not in "\n".join(plan_page(SEALED, Look()))
    assert "\x1b[35mmedium\x1b[0m" in "\n".join(plan_page(SEALED, Look(colour=True)))


def test_engines_with_the_same_last_name_are_told_apart():
    legacy = [Symbol("a.b.factory", "make"), Symbol("a.c.factory", "make"), Symbol("a.c", "Other")]
    engines = tuple(replace(ENGINE, id=str(symbol), legacy=symbol) for symbol in legacy)
    assert list(labels(engines).values()) == ["b.factory.make", "c.factory.make", "Other"]


def test_groups_come_with_the_greatest_first():
    base = PLAN.references[2]
    references = [replace(base, reason="b"), replace(base, reason="a", line=2), replace(base, reason="a", line=1)]
    assert [(reason, [item.line for item in group]) for reason, group in by_reason(references, Action.MANUAL)] == [
        ("a", [1, 2]),
        ("b", [7]),
    ]


def test_a_table_cuts_the_middle_of_the_column_that_gives():
    lines = table((Column("path", gives=True), Column("n", right=True)), [("x" * 50 + "end", "7")], Look(width=30))
    assert max(map(len, lines)) == 30
    assert "…" in lines[1]
    assert lines[1].endswith("end  7")


def test_a_phase_page_lists_its_files():
    page = phase_page(SEALED, SEALED.phases[0], Look(), verbose=True)
    assert "app/user.py             3" in page
    assert "app/user.py:3:7  Old → New" in page


def test_markdown_keeps_its_tables_whole():
    phase = Phase(1, "a | b <script>", ("c",), PLAN.phases[0].files)
    text = markdown(seal(replace(PLAN, phases=(phase,)), "c"))
    assert "| 1 | a \\| b &lt;script> | 1 | 3 | low |  |" in text
    assert "- `app/odd.py:7` Old" in text


def test_csv_reads_back():
    rows = list(csv.DictReader(io.StringIO(references_csv(SEALED).decode(), newline="")))
    assert [(row["path"], row["line"], row["action"], row["phase"]) for row in rows] == [
        ("app/user.py", "1", "rewritten", "1"),
        ("app/user.py", "3", "rewritten", "1"),
        ("app/odd.py", "7", "manual", ""),
    ]
    assert len(references_csv(SEALED, phase=1).splitlines()) == 3


def test_mermaid_links_each_engine_and_quotes_labels():
    plan = seal(replace(PLAN, phases=(replace(PLAN.phases[0], title='say "hi" <b>'),)), "c")
    text = mermaid(plan)
    assert text.startswith("flowchart LR\n")
    assert 'e0["Old<br/>1 importer"] --> t0' in text
    assert 'p1["1 say #quot;hi#quot; #lt;b><br/>1 file"]' in text


def test_the_page_says_what_the_replacement_lacks_and_what_to_add_first():
    page = "\n".join(plan_page(SEALED, Look()))
    assert "    constructing it: 1 call in 1 file cannot be rewritten, first app/user.py:4" in page
    assert "    run_all: 3 uses in 1 file, first app/user.py:9" in page
    assert "  New                            uses  files  frees\n" in page
    assert "  add async run_all(self, task)     3      1      1\n" in page
    assert "limit" not in page


def test_verbose_shows_every_member_of_the_contract():
    page = "\n".join(plan_page(SEALED, Look(), verbose=True))
    assert "    constructed by (a): 1 bridged, 1 unfit" in page
    assert "    run_all     3        1      1  absent" in page
    assert "    limit       1        0      1  same" in page


def test_additions_beyond_the_first_are_counted():
    rows = tuple(replace(PLAN.additions[0], member=f"m{n}", signature=f"m{n}(self)", frees=n) for n in range(8))
    plan = seal(replace(PLAN, additions=rows), "c")
    assert "  and 3 more (all with -v), with all of them 7 importers can move" in plan_page(plan, Look())
    assert any("m7(self)" in line for line in plan_page(plan, Look(), verbose=True))


def test_markdown_has_the_matrix_of_members_by_engines():
    other = replace(ENGINE, id="app.older:Older", legacy=Symbol("app.older", "Older"))
    text = markdown(seal(replace(PLAN, engines=(ENGINE, other)), "c"))
    assert "| member | Old | Older |" in text
    assert "| (constructor) | 2 bridged, 1 unfit | 2 bridged, 1 unfit |" in text
    assert "| `run_all` | 3 absent | 3 absent |" in text
    assert "| `limit` | 1 | 1 |" in text
    assert "| `New` | `add async run_all(self, task)` | 3 | 1 | 1 |" in text


def test_the_page_says_why_a_phase_has_its_risk():
    reason = "2 patch targets, 1 file that no test imports, one file with 41 importers"
    for page, start in (
        (plan_page(SEALED, Look()), "phase 1 risk medium: "),
        (phase_page(SEALED, PHASE, Look()), "risk: "),
    ):
        assert f"{start}{reason}" in " ".join(" ".join(page).split())
    assert f"| medium | {reason} |" in markdown(SEALED)
