"""One module per command: a plain function that takes options and returns an exit code."""
