"""Scoring: facts and a rule file become an evaluation."""
