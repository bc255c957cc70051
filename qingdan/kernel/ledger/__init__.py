"""The ledger: cases, events, duties; the one door through which the state of anything changes."""
