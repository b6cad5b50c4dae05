"""The git step: from a ChangeSet to a commit, and back, such that a kill at any moment loses nothing.

Nothing here imports GitPython: the modules ask for a `port.Git`, which `consolidate.repository` provides.
"""
