"""Readers of form files, one a format."""
