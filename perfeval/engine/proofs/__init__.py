"""Proofs that hold for every possible fact."""
