import json
import subprocess
import sys

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from planner.model import Edit, FileEdit, Phase, Plan, Reference, Symbol, decode, encode
from planner.planfile import PlanFileError, dump, load, seal
from planner.planfile_schema import schema
from tests.planfile.plans import FILE, PLAN, with_file

SEALED = seal(PLAN, "consolidate 1")
VALIDATOR = jsonschema.Draft202012Validator(schema())


def table(plan: Plan = SEALED) -> dict:
    return json.loads(dump(plan))


def resealed(content: dict) -> bytes:
    """Return the file with a digest that fits, as somebody would make who knows how."""
    import hashlib

    content.pop("digest", None)
    short = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    return json.dumps({**content, "digest": hashlib.sha256(short).hexdigest()}).encode()


def refusal(data: bytes) -> PlanFileError:
    with pytest.raises(PlanFileError) as caught:
        load(data)
    return caught.value


def test_a_plan_comes_back_equal_and_its_file_fits_the_schema():
    assert load(dump(SEALED)) == SEALED
    jsonschema.validate(table(), schema())


def test_the_schema_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_schema_refuses_what_the_loader_refuses():
    content = table()
    content["phases"][0]["files"][0]["edits"][0]["start"] = "5"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, schema())
    assert refusal(resealed(content)).where == "phases[0].files[0].edits[0].start"


def test_the_keys_are_those_that_the_contract_names():
    content = table()
    assert {"format_version", "tool", "commit", "config_sha256", "target", "engines", "references", "phases"} <= set(
        content
    )
    assert {"id", "legacy", "replacement", "path", "shim", "importers", "references", "contract"} <= set(
        content["engines"][0]
    )
    assert {"path", "line", "column", "engine", "form", "action", "reason", "phase", "risk"} <= set(
        content["references"][0]
    )
    assert {"number", "title", "codemods", "files"} <= set(content["phases"][0])
    assert {"path", "blob", "edits", "created", "deleted"} <= set(content["phases"][0]["files"][0])
    assert content["skipped"] == [{"path": "bad.py", "reason": "does not parse"}]
    assert content["engines"][0]["references"] == {"left": 0, "manual": 1, "rewritten": 2}
    assert content["target"] == "app.new:New"


def test_the_bytes_are_ascii_sorted_and_the_same_under_another_hash_seed():
    program = (
        "import sys; from tests.planfile.plans import PLAN; from planner.planfile import dump, seal;"
        "sys.stdout.buffer.write(dump(seal(PLAN, 'consolidate 1')))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {dump(SEALED)}
    text = dump(SEALED).decode("ascii")
    assert text.endswith("}\n")
    keys = [line.partition('"')[2].partition('"')[0] for line in text.splitlines() if line.startswith('"')]
    assert keys[:3] == ["additions", "changed", "commit"]


def test_the_digest_tells_every_change():
    content = table()
    content["phases"][0]["files"][0]["edits"][0]["new"] = "app.bad"
    assert refusal(json.dumps(content).encode()).where == "digest"


def test_layout_does_not_matter_to_the_digest():
    assert load(json.dumps(table(), indent=4).encode()) == SEALED


def test_unknown_keys_of_a_later_minor_version_are_ignored():
    content = {**table(), "format_version": "1.7", "later": [1]}
    content["engines"][0]["owner"] = "core"
    assert load(resealed(content)).engines == SEALED.engines


@pytest.mark.parametrize("version", ["2.0", "0.9", 1, None, "10.0"])
def test_another_major_version_is_refused(version):
    assert refusal(resealed({**table(), "format_version": version})).where == "format_version"


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"[]", b"{", b"[" * 100_000, b'{"a": NaN}', b'{"a": 1, "a": 2}', b"1" * 5000, b"\xef\xbb\xbf{}"],
)
def test_what_is_no_plan_is_refused_in_a_line(data):
    error = refusal(data)
    assert error.what
    assert "\n" not in error.what
    assert error.hint or error.where


PATHS = [
    "",
    "/etc/passwd",
    "a/../b",
    "..",
    "./a",
    "a//b",
    "a/",
    "a\0b",
    ".git/config",
    "a/.GIT/hooks/x",
    ".g\u200cit/config",
    "GIT~1/config",
    ".git./x",
    ".git /x",
    ".git::$INDEX_ALLOCATION/x",
    "a\\.git\\config",
    "\udcc3\udca9.py",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leaves_the_work_tree_is_refused_wherever_it_stands(path):
    assert refusal(dump(seal(with_file(replace(FILE, path=path)), "x"))).where == "phases[0].files[0].path"
    moved = replace(PLAN, references=(replace(PLAN.references[0], path=path),))
    assert refusal(dump(seal(moved, "x"))).where == "references[0].path"


@pytest.mark.parametrize(
    "path", ["a b.py", ".github/x.yml", "git/x", "a/.gitignore", "x\udcff.py", "é.py", "a\nb", "...x"]
)
def test_an_odd_path_inside_the_work_tree_is_allowed(path):
    plan = seal(with_file(replace(FILE, path=path)), "x")
    assert load(dump(plan)) == plan


RULES = [
    (replace(FILE, edits=FILE.edits[::-1]), "phases[0].files[0].edits[1].start"),
    (replace(FILE, edits=(Edit(0, 3, "fr", "x", "c"),)), "phases[0].files[0].edits[0].end"),
    (replace(FILE, blob="abc"), "phases[0].files[0].blob"),
    (replace(FILE, blob=""), "phases[0].files[0].blob"),
    (replace(FILE, created=True), "phases[0].files[0].blob"),
    (replace(FILE, result=""), "phases[0].files[0].result"),
    (replace(FILE, deleted=True), "phases[0].files[0].result"),
]


@pytest.mark.parametrize(("file", "where"), RULES)
def test_a_file_that_contradicts_itself_is_refused(file, where):
    assert refusal(dump(seal(with_file(file), "x"))).where == where


def test_a_plan_that_contradicts_itself_is_refused():
    phase = PLAN.phases[0]
    assert refusal(dump(seal(replace(PLAN, phases=(replace(phase, number=2),)), "x"))).where == "phases[0].number"
    assert refusal(dump(seal(replace(PLAN, phases=()), "x"))).where == "references[0].phase"
    assert refusal(dump(seal(replace(PLAN, commit="HEAD"), "x"))).where == "commit"
    twice = replace(PLAN, phases=(replace(phase, files=(FILE, FILE)),))
    assert refusal(dump(seal(twice, "x"))).where == "phases[0].files"


@pytest.mark.parametrize("value", [True, -1, 1.5, "1", None, 2**53])
def test_a_number_is_a_whole_number(value):
    content = table()
    content["references"][0]["line"] = value
    assert refusal(resealed(content)).where == "references[0].line"


def test_a_missing_key_is_named():
    content = table()
    del content["phases"][0]["files"][0]["blob"]
    assert refusal(resealed(content)).where == "phases[0].files[0].blob"


BYTES = st.binary(max_size=20).map(decode)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)
FILES = st.builds(
    lambda names, old, new, start: FileEdit(
        "/".join(names),
        "a" * 40,
        "b" * 64,
        (Edit(start, start + len(encode(old)), old, new, "rewrite-imports", 1),),
        renames=((old, new),),
        stars=((old, (new, old)),),
    ),
    st.lists(NAMES, min_size=1, max_size=4),
    BYTES,
    BYTES,
    st.integers(0, 10_000),
)
PLANS = st.builds(
    lambda files, texts, target: replace(
        PLAN,
        target=Symbol(*target),
        notes=tuple(texts),
        phases=tuple(Phase(number, "t", ("c",), (file,)) for number, file in enumerate(files, 1)),
        references=tuple(
            Reference(file.path, 1, 0, "e", "name", PLAN.references[0].action, text=file.edits[0].old, phase=number)
            for number, file in enumerate(files, 1)
        ),
    ),
    st.lists(FILES, max_size=3),
    st.lists(BYTES, max_size=3),
    st.tuples(NAMES, NAMES),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PLANS)
def test_any_plan_comes_back_equal_with_the_same_digest(plan):
    sealed = seal(plan, "consolidate 1")
    data = dump(sealed)
    assert load(data) == sealed
    assert dump(load(data)) == data
    assert seal(sealed, "consolidate 1") == sealed
    VALIDATOR.validate(json.loads(data))
