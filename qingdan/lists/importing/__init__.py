"""From a spreadsheet to a list: reading.py (file → lines), planning.py (lines → plan), committing.py (plan → one founding case)."""
