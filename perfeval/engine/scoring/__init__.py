"""Scores, weights, groups, total and grade of one form."""
