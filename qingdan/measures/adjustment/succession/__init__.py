"""S10: offices that merge, split or are renamed; their open cases and their items go with them."""
