"""The files that forms live in, one reader each."""
