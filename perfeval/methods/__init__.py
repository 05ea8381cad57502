"""The kinds of method, and the normal form that each lowers to."""
