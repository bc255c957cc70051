"""The thirty markers of a complaint, as the product's own `canary` has them."""

from qingdan.demo.leaks.markers import MARKERS, NAMES, found, in_folder

__all__ = ["MARKERS", "NAMES", "found", "in_folder"]

assert len(MARKERS) == len(set(MARKERS)) == 30
