"""What is stored of complaints, a noun a file: see `complaint`."""

from .complaint import Complaint, Contact, Likeness, Passage, ScopedQuerySet, SealedPaper, Unscoped, new_reference

__all__ = ["Complaint", "Contact", "Likeness", "Passage", "ScopedQuerySet", "SealedPaper", "Unscoped", "new_reference"]
