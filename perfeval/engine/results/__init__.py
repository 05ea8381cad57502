"""The results of scoring one form."""
