"""What the gate found as SARIF 2.1.0, within the limits of GitHub's code scanning.

Sources: OASIS SARIF 2.1.0 (errata 01), sections in brackets below; GitHub's "SARIF support for code scanning" and
"SARIF results exceed one or more limits": 25,000 results a run or the file is rejected, 5,000 shown by severity,
1,024 characters of a rule's descriptions, 20 tags of a rule; alerts are followed by `primaryLocationLineHash`.
No absolute path, no clock: the same findings give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from consolidate.errors import printable
from consolidate.gate.finding import Finding
from consolidate.gate.places import Places
from consolidate.gate.rules import RULES
from planner.model import encode

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
_LONGEST = 1000  # characters of a message: GitHub shows the first sentence or so
_ROOT = "%SRCROOT%"


def document(findings: Sequence[Finding], places: Places, migration: str, version: str) -> dict[str, Any]:
    """Return the SARIF log of findings, which are in order of files; `version` is this program's."""
    ordered = sorted(findings, key=lambda item: RULES[item.rule].level)  # errors before warnings, else in order
    told = ordered[:MOST_RESULTS]
    ids = list(RULES)
    counts: Counter[str] = Counter()
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(version)},
                # One category for each migration, or the upload of one would close the alerts of another [3.17.3].
                "automationDetails": {"id": f"consolidate/{migration}/"},
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
                "columnKind": "utf16CodeUnits",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "invocations": [_invocation(len(findings) - len(told))],
                "results": [_result(item, places, ids, counts) for item in told],
            }
        ],
    }


def _driver(version: str) -> dict[str, Any]:
    return {"name": "consolidate", "version": version, "rules": list(_rules())}


def _rules() -> Iterable[dict[str, Any]]:
    for identity, rule in RULES.items():
        yield {
            "id": identity,
            "name": rule.name,
            "shortDescription": {"text": rule.summary},
            "fullDescription": {"text": rule.summary},
            "help": {"text": rule.help.replace("`", ""), "markdown": rule.help},
            "defaultConfiguration": {"level": rule.level},
            "properties": {
                "tags": ["maintainability", "deprecation"],
                "precision": "very-high",
                "problem.severity": rule.level,
            },
        }


def _invocation(left_out: int) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if left_out:
        text = f"{left_out} more results are left out: a file with more than {MOST_RESULTS} is rejected by GitHub."
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return invocation


def _result(item: Finding, places: Places, ids: Sequence[str], counts: Counter[str]) -> dict[str, Any]:
    place = places.of(item)
    return {
        "ruleId": item.rule,
        "ruleIndex": ids.index(item.rule),
        "level": RULES[item.rule].level,
        "message": {"text": _message(item)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(encode(item.path)), "uriBaseId": _ROOT},
                    "region": {
                        "startLine": item.line,
                        "startColumn": place.utf16,
                        "endLine": item.line,
                        "endColumn": place.utf16_end,
                    },
                },
                "logicalLocations": [{"fullyQualifiedName": item.symbol}],
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint(item, counts)},
        "properties": {"symbol": item.symbol, "form": item.form},
    }


def fingerprint(item: Finding, counts: Counter[str]) -> str:
    """Return what a finding is known by in the next run: what it is, not where; equal ones in a file are counted.

    The line has no part in it, so that an edit above moves the alert and does not close it.
    """
    facts = "\0".join((item.rule, item.path, item.symbol, item.form, item.text))
    digest = hashlib.sha256(facts.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    counts[digest] += 1
    return f"{digest}:{counts[digest]}"


def _message(item: Finding) -> str:
    """Return a message as [3.11] wants it: braces are doubled, and nothing looks like a link."""
    text = printable(f"{item.what}: {item.text}; {item.todo}" if item.text else f"{item.what}; {item.todo}")
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
    return cut.replace("{", "{{").replace("}", "}}").replace("](", "] (")
