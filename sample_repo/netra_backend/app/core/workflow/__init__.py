"""Workflows: another domain, with an execution engine of its own."""
