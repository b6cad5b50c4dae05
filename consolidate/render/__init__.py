"""What a user sees, as text made from values: pure functions, nothing here writes to a stream."""
