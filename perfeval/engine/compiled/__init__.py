"""Generated Python functions that score many forms of one layout."""
