"""保密库: what must not be read by whoever has the database (诉4; S18, T8, T10, P-E1 to P-E4).

Who complained, what was said and what was handed in lie here as ciphertext, under keys that are in a file and never in the database or a backup.
A case refers to them by a random `subject` and works without them. Every opening is an event of the ledger. docs/decisions/0012-vault.md says why.
"""
