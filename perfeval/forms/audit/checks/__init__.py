"""The checks of an audit, by subject."""
