"""Facts, read against the rows that they score."""
