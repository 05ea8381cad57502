"""Many forms at once: from an iterator, or from a file into a file."""
