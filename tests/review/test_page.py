"""The page as a browser would read it: its structure, policy and data; and that nothing of a repository is HTML."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from templates.html import json_for_html
from tests.hostile_sources import world

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE = "app/<b onclick=x>&\"'\u2028\n .py"
CODE = f"from app.old import Old  # {EVIL}\n\n\nclass Sub(Old):\n    '{EVIL}\u2028'\n".encode()
OWNERS = b"* @<i>x</i>\n"
IDS = ("phases", "heat", "edits", "todo", "contract")


class Reader(HTMLParser):
    """Collects tags, ids, text and the contents of scripts and styles; fails where a tag is not closed."""

    VOID = ("meta", "br", "wbr", "input", "img", "link", "hr")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
        if tag in self.raw:
            self.raw[tag].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in self.raw:
            self.raw[self.open[-1]][-1] += data
        else:
            self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    more = {HOSTILE: CODE, "CODEOWNERS": OWNERS, "a.md": f"Old {EVIL}\n".encode()}
    return world.make(tmp_path_factory.mktemp("review"), more)


@pytest.fixture(scope="module")
def page(repository) -> str:
    done = world.run(repository, "review", "--html", "page.html")
    assert (done.code, done.out) == (0, b""), done.err
    return (repository / "page.html").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def reader(page) -> Reader:
    return read(page)


@pytest.fixture(scope="module")
def data(reader) -> dict:
    return json.loads(reader.raw["script"][0])


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(reader):
    metas = [attributes for tag, attributes in reader.tags if tag == "meta"]
    policy = next(item["content"] for item in metas if item.get("http-equiv") == "Content-Security-Policy")
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == "'none'"

    def hash_of(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    (style,), (_, script) = reader.raw["style"], reader.raw["script"]
    assert rules["style-src"] == hash_of(style)
    assert rules["script-src"] == hash_of(script)
    assert rules.keys() == {
        *("default-src", "style-src", "script-src", "base-uri", "form-action"),
        *("require-trusted-types-for", "trusted-types"),
    }


def test_nothing_is_loaded_and_nothing_runs_from_an_attribute(reader):
    for tag, attributes in reader.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "b", "i"), tag
        assert not {"src", "style", "srcset", "action", "formaction"} & attributes.keys(), (tag, attributes)
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        assert attributes.get("href", "#").startswith("#")


def test_scripts_make_no_html_of_text(reader):
    script = reader.raw["script"][1]
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch("):
        assert word not in script


def test_hostile_names_and_code_are_text(page, reader, data):
    assert sum(tag == "script" for tag, _ in reader.tags) == 2
    assert "<img" not in page
    assert "\u2028" not in page
    assert "app/<b onclick=x>&\"'\\u2028\\n .py" in data["paths"]
    assert any(EVIL in row for hunk in data["hunks"] for row in hunk[3] if isinstance(row, str))
    assert "@<i>x</i>" in reader.text


def test_ids_are_unique_and_links_lead_to_them(reader, data):
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    edits = [edit[0] for edit in data["edits"]]
    assert len({*ids, *edits}) == len(ids) + len(edits)
    links = [attributes["href"][1:] for tag, attributes in reader.tags if tag == "a"]
    assert {*IDS} <= {*links} <= {*ids}


def test_it_can_be_found_ones_way_in(reader):
    tags = [tag for tag, _ in reader.tags]
    assert ("html", {"lang": "en"}) in reader.tags
    assert [tags.count(tag) for tag in ("main", "h1", "title")] == [1, 1, 1]
    for tag, attributes in reader.tags:
        if tag in ("section", "nav", "dialog"):
            assert {"aria-label", "aria-labelledby"} & attributes.keys(), attributes
        if attributes.get("class") == "scroll":
            assert attributes["tabindex"] == "0"
            assert attributes["role"] == "region"


def test_the_data_hold_every_edit_in_its_shape_the_rarest_first(data, repository):
    edits = data["edits"]
    plan = json.loads(world.run(repository, "plan", "--json").out)
    assert len(edits) == sum(max(len(file["edits"]), 1) for phase in plan["phases"] for file in phase["files"])
    sizes = [sum(edit[6] == number for edit in edits) for number in range(len(data["shapes"]))]
    assert sizes == sorted(sizes)
    assert (data["commit"], data["plan"]) == (plan["commit"], plan["digest"])
    importing = next(edit for edit in edits if edit[2] == data["paths"].index("app/user.py") and edit[3] == 1)
    assert data["shapes"][importing[6]][1:] == [
        "rewrite-imports", "from-import", "from <old> import <old>", "from <new> import <new>",
    ]  # fmt: skip
    assert importing[5] == "proved"
    assert importing[9] == [["from-import", "from app.old import Old", "from app.new import New"]]


def test_it_tells_phases_reverts_and_what_is_left(reader):
    assert "consolidate revert --phase 1 --through" in reader.text
    assert re.search(r"manual|left", reader.text)
    assert "a.md:1" in reader.text


def test_the_same_plan_gives_the_same_page(page, repository):
    assert world.run(repository, "review", "--html", "again.html").code == 0
    assert (repository / "again.html").read_text("utf-8") == page


def test_ids_last_where_other_files_change(tmp_path, data):
    other = world.make(tmp_path, {HOSTILE: CODE, "app/more.py": b"import app.old\n"})
    assert world.run(other, "review", "--html", "page.html").code == 0
    again = json.loads(read((other / "page.html").read_text("utf-8")).raw["script"][0])
    importers = {edit[0] for edit in data["edits"] if data["paths"][edit[2]] != "app/old.py"}
    assert len(importers) > 3
    assert importers <= {edit[0] for edit in again["edits"]}


def test_only_a_phase(repository):
    assert world.run(repository, "review", "--html", "one.html", "--phase", "1").code == 0
    rows = json.loads(read((repository / "one.html").read_text("utf-8")).raw["script"][0])["edits"]
    assert {row[1] for row in rows} == {1}
    assert world.run(repository, "review", "--html", "one.html", "--phase", "9").code == 2


def test_where_the_page_cannot_be_written(repository):
    done = world.run(repository, "review", "--html", "nowhere/page.html")
    assert done.code == 2
    assert done.err.startswith("error: the page cannot be written: ")


def test_json_for_html_is_json_and_no_html():
    value = {"</script>": ["<!--", "]]>", "\u2028\u2029", "é\udcff", "'\"&\\"]}
    text = json_for_html(value)
    assert text.isascii()
    assert not set("<>&'") & set(text)
    assert json.loads(text) == value
