"""Rule files: their contents, their schema, and the files they use."""
