"""Filled-in forms: reading them, and auditing them against a policy."""
