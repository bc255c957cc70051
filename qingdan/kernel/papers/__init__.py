"""Official papers: one value (`content`) from which PDF and DOCX are both written, in the layout of GB/T 9704-2012.

`templates` are versioned and refuse a missing field by name; `actions.issue` gives number, files, digest and event in one transaction.
"""
