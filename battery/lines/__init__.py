"""One module a line."""
