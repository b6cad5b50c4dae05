"""`python -m consolidate`."""

import sys

from consolidate.cli import main

if __name__ == "__main__":
    sys.exit(main())
