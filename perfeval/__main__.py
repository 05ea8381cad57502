"""``python -m perfeval`` is the command line."""

import sys

from perfeval.cli import main

sys.exit(main())
