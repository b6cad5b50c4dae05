"""The planner: a commit's contents and the configuration in, a Plan out. Nothing here reads or writes a file."""
