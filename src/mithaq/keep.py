"""Reports in, record kept: reading, storing and merging in one pass."""
