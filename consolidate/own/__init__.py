"""Codemods of the user's own: LibCST commands that a phase names, run in processes apart."""
