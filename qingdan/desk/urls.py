"""Addresses; filled as the pages come."""

urlpatterns: list = []
