"""What is stored of complaints, a noun a file: see `complaint`, `inquiry` and `figures`."""

from .complaint import Complaint, Contact, Likeness, Passage, ScopedQuerySet, SealedPaper, Unscoped, new_reference
from .figures import PublishedFigures
from .inquiry import Decision, Errand, Investigator, Liability, Rating, Recusal

__all__ = [
    "Complaint", "Contact", "Decision", "Errand", "Investigator", "Liability", "Likeness", "Passage", "PublishedFigures", "Rating", "Recusal",
    "ScopedQuerySet", "SealedPaper", "Unscoped", "new_reference",
]  # fmt: skip
