"""How a result looks in a terminal."""
