"""代办: who stands in for whom, from which day to which. What is done so is recorded as done by the one for the other (P-L2)."""
