"""TOML text: parsing, locating, repairing."""
