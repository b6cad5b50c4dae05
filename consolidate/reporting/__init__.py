"""The migration at a glance: documents for people who do not run the program."""
