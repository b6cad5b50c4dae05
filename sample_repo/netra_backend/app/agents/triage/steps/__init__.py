"""Single steps of the triage."""
