"""Reporting results to people and to other programs."""
