"""Codemods: the pure functions that turn a decision of the planner into edits of bytes."""
