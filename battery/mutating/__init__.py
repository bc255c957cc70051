"""An application whose only work is to apply the mutant that BATTERY_MUTANT names."""
