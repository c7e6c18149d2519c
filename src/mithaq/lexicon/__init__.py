"""The linguistic knowledge: data files, validated when loaded, and look-ups in them."""
