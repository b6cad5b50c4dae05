"""The review of a plan: its edits by shape, the page that shows them, and what reviewers decided."""
