"""What is stored of complaints, a noun a file: see `complaint`, `inquiry`, `disposal` and `figures`."""

from .complaint import Complaint, Contact, Likeness, Passage, ScopedQuerySet, SealedPaper, Unscoped, new_reference
from .disposal import Disposal, Disposed
from .figures import PublishedFigures
from .inquiry import Decision, Errand, Investigator, Liability, Rating, Recusal

__all__ = [
    "Complaint", "Contact", "Decision", "Disposal", "Disposed", "Errand", "Investigator", "Liability", "Likeness", "Passage", "PublishedFigures",
    "Rating", "Recusal", "ScopedQuerySet", "SealedPaper", "Unscoped", "new_reference",
]  # fmt: skip
