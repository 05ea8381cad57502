"""Results in file formats."""
