"""What is known of each commitment across reports: its history, and what follows from it."""
