"""The command line of `consolidate` and everything that touches git, files and processes."""
