"""Provisions → commitments → agreements: which provisions of different reports are the same thing."""
