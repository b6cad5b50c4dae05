"""The triage agent and the steps that lead to it."""
