"""The public's pages, by noun. All are open to everybody, read only, and work without JavaScript."""
