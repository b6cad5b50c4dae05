from tests.cli.conftest import project, run  # noqa: F401
