"""The supervisor: what runs an agent for a user, and what keeps the books about it."""
