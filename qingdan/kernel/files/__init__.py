"""Files as they came: kept under a neutral name, with length and digest in a recorded row."""
