"""What was computed once about a blob, kept in the git directory: facts by what they are made from, never by path."""
