"""The version of perfeval."""

from typing import Final

VERSION: Final = "0.1.0"
