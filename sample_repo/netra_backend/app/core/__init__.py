"""What does not belong to one user or one agent: start-up, selection, observation."""
