"""The text of shims and commit messages: Jinja2 templates and the one function that renders them."""
