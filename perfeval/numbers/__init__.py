"""Exact numbers: rounding, units, quantities, comparisons, piecewise functions."""
