"""Render pages of HTML: one file that needs nothing else, with a content security policy for exactly what is in it.

Whatever a repository says is hostile. Templates escape it (autoescape is on for all of them), data for the scripts
stand as JSON in which no character means anything to HTML, the scripts of a page may not make HTML of text (Trusted
Types), and the browser runs and loads nothing but the style and the script whose hashes the policy names.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&'\u2028\u2029"}


def render_page(template: str, styles: Sequence[str], scripts: Sequence[str], data: object, **values: Any) -> str:
    """Return a page: `template`, `styles` and `scripts` are files of this package, such as `review/page.j2`.

    The template gets `style`, `script` and `data` (JSON) to be put between their tags, `policy` for its meta element,
    and the `values`, which are escaped wherever they stand.
    """
    style = "".join(map(_asset, styles))
    script = "".join(('"use strict";\n(() => {\n', *map(_asset, scripts), "})();\n"))
    page = _environment().from_string(_asset(template))
    return page.render(
        values,
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704
        data=Markup(json_for_html(data)),  # noqa: S704 - nothing in it that HTML would read
        policy=policy(style, script),
    )


def policy(style: str, script: str) -> str:
    """Return the content security policy of a page with this one style and this one script (CSP Level 3)."""
    parts = (
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        f"script-src '{_hash(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
    return "; ".join(parts)


def json_for_html(value: object) -> str:
    """Return a value as JSON that may stand in a script element: ASCII, and without `<`, `>`, `&` and `'`."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.translate(_UNSAFE)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    """Return a file of this package (a wheel or a zip), never one of a repository."""
    place = files("templates")
    for part in name.split("/"):
        place = place.joinpath(part)
    return place.read_text("utf-8")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=DictLoader({}),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
