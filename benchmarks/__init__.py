"""How fast the product is, always as a ratio to a peer measured in the same run. See README.md here."""
