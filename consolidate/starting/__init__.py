"""Starting a migration: the first configuration, written from what the repository holds."""
