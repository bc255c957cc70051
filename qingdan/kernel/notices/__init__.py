"""Reminders and calendar feeds: what is due, told once a step; derived from the shadow of duties."""
