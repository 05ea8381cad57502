"""Auditing a form: its claims against the rules."""
