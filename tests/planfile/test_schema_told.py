"""The published schema, whole: what readers of plan files rely on changes in the open.

`CONSOLIDATE_ACCEPT=1 pytest tests/planfile/test_schema_told.py` writes it anew.
"""

import json
import os
from pathlib import Path

from planner.planfile_schema import schema

PUBLISHED = Path(__file__).with_name("schema.json")


def test_the_schema_is_the_one_that_was_published() -> None:
    text = json.dumps(schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if os.environ.get("CONSOLIDATE_ACCEPT"):
        PUBLISHED.write_text(text, encoding="utf-8")
    assert text == PUBLISHED.read_text(encoding="utf-8")
