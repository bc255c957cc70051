"""The pages on which papers are drafted, issued, and completed by a scan of the sealed original."""
