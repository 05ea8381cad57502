"""Comparing two rule files: what changed, and whose score moves."""
