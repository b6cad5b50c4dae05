"""Tests before and after a phase, in a scratch repository, compared test by test; and the user's hooks there."""
