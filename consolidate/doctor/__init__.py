"""What stands in the way of a migration: looked at before it begins, nothing touched, nothing of the repository run."""
