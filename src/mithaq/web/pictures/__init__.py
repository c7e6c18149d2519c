"""Pictures drawn at the server: SVG with our own hands, so that Arabic labels are text, and marks lead to pages."""
