"""The reading room: web pages and a JSON API on the same database as the command line."""
