"""Lowering a scorecard to flat rows, and validating it as a whole."""
