"""The desk looks at the room at work."""

from tests.measures.conftest import item, room

__all__ = ["item", "room"]
