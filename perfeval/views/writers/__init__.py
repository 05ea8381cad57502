"""How a result is written for other programs."""
