"""The heat map: engines by packages, and how it shrinks."""

import re

from consolidate.review.heat import MOST, REST, ROOT, packages
from tests.hostile_sources import world


def test_the_folder_with_most_references_is_told_apart():
    counts = {f"app/agents/{name}/a.py": 10 for name in "abc"} | {
        "app/agents/x.py": 9,
        "docs/deep/er/a.md": 1,
        "a.py": 1,
    }
    of = packages(counts)
    assert of["a.py"] == ROOT
    assert of["docs/deep/er/a.md"] == "docs"
    assert of["app/agents/x.py"] == "app/agents"
    assert [of[f"app/agents/{name}/a.py"] for name in "abc"] == ["app/agents/a", "app/agents/b", "app/agents/c"]


def test_there_are_never_more_columns_than_fit():
    many = {f"p{number}/a.py": number for number in range(1, 40)}
    of = packages(many)
    assert len(set(of.values())) == MOST
    assert of["p39/a.py"] == "p39"
    assert of["p1/a.py"] == REST
    one = {f"app/p{number}/a.py": 5 for number in range(40)}
    assert set(packages(one).values()) == {"app"}
    assert packages({}) == {}


def test_it_shrinks_as_phases_are_applied(tmp_path):
    folder = world.make(tmp_path / "r", {"notes.md": b"`app.old.Old` # and Old\n"})
    sums = [total(folder)]
    number = 0
    while world.run(folder, "apply", "--phase", str(number := number + 1)).code == 0:
        sums.append(total(folder))
    assert len(sums) > 2
    assert sums == sorted(sums, reverse=True)
    assert sums[-1] < sums[1] <= sums[0]


def total(folder) -> int:
    """Return how many references the page says still name an engine."""
    assert world.run(folder, "review", "--html", "../page.html").code == 0
    table = (
        (folder.parent / "page.html").read_text("utf-8").partition('<table class="heat">')[2].partition("</table>")[0]
    )
    sums = re.findall(r'<td class="num h0" title="[^"]*">(\d+)<small>/\d+</small></td></tr>', table)
    assert sums
    return sum(map(int, sums))
