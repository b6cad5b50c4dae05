"""Where the work of a plan is done: one module per kind of executor, imported when it is asked for."""
