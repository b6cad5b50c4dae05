"""By the examples of GitHub Docs, "About code owners"."""

import pytest

from consolidate.review.owners import parse, read

DOCS = """\
# a comment
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("README.md", ("@global-owner1", "@global-owner2")),
        ("src/a.js", ("@js-owner",)),
        ("a.txt", ("@octo-org/octocats",)),
        ("build/logs/x", ("@octocat",)),
        ("deep/build/logs/x/y", ("@octocat",)),
        ("docs/getting-started.md", ("@doctocat",)),
        ("docs/build-app/troubleshooting.md", ("@doctocat",)),
        ("lib/docs/a.md", ("@global-owner1", "@global-owner2")),
        ("x/apps/y/z.py", ("@octocat",)),
        ("scripts/a.py", ("@doctocat", "@octocat")),
        ("apps/github", ()),
        ("apps/github/a.py", ()),
        ("apps/githubs", ("@octocat",)),
    ],
)
def test_the_last_pattern_that_fits_decides(path, owners):
    assert parse(DOCS).of(path) == owners


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("docs/*", "docs/a.md", True),
        ("docs/*", "docs/b/a.md", False),
        ("docs/*", "x/docs/a.md", False),
        ("docs", "x/docs/a/b", True),
        ("docs/", "docs", False),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/x/y/b", True),
        ("a/**", "a/x/y", True),
        ("a/**", "a", False),
        ("**/a", "a", True),
        ("*.py", "a/b.py", True),
        ("*.py", "a/b.pyi", False),
        ("?.py", "ab.py", False),
        ("A.py", "a.py", False),
        ("a\\ b.py", "a b.py", True),
        ("a.py", "aXpy", False),
        ("!a.py", "a.py", False),
        ("[a].py", "a.py", False),
    ],
)
def test_patterns(pattern, path, fits):
    assert (parse(f"{pattern} @x").of(path) == ("@x",)) == fits


def test_the_first_place_that_has_one_counts():
    files = {"CODEOWNERS": b"* @root", "docs/CODEOWNERS": b"* @docs"}
    assert read(files.get).of("a") == ("@root",)
    assert read({**files, ".github/CODEOWNERS": b""}.get).of("a") == ()
    assert read({}.get).of("a") == ()
    assert read({"CODEOWNERS": b"* @x\n" + b"#" * 3 * 1024**2}.get).of("a") == ()
