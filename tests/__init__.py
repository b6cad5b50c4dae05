"""Tests against behaviour; `python -m tests` runs everything that CI runs."""
