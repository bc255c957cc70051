"""How often one address may try something in an hour; after that, one try for each delay. Addresses are kept as digests that end with their day."""
