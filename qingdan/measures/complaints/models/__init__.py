"""What is stored of complaints, a noun a file: see `complaint` and `inquiry`."""

from .complaint import Complaint, Contact, Likeness, Passage, ScopedQuerySet, SealedPaper, Unscoped, new_reference
from .inquiry import Decision, Errand, Investigator, Liability, Rating, Recusal

__all__ = [
    "Complaint", "Contact", "Decision", "Errand", "Investigator", "Liability", "Likeness", "Passage", "Rating", "Recusal", "ScopedQuerySet",
    "SealedPaper", "Unscoped", "new_reference",
]  # fmt: skip
