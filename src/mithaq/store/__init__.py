"""The database: reports with their records, judgements, commitments and agreements."""
