"""The gate: what `check` finds in the work tree, what the baseline excuses, and how it is told."""
