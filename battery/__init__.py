"""The battery: faults injected into the running product, one line each. `./run battery`; README.md says how to add a line."""
