"""依据 as records (P-A6): documents, their articles, and which version of an item rests on which article."""
