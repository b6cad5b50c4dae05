"""`python -m consolidate`."""

import sys

# `python -m` puts the folder that it is started in first on the path: a click.py that lies there would be run.
if not sys.flags.safe_path and sys.path and not __file__.startswith(f"{sys.path[0]}/"):
    del sys.path[0]

from consolidate.cli import run

if __name__ == "__main__":
    sys.exit(run())
