"""The database as an installation has it: whether it is safe, what the application's role may do, and moving from one engine to the other."""
