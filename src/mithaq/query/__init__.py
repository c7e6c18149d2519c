"""Questions to the store, each a function that returns items of the ledger."""
