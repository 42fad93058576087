"""What may be a title, and what speaks for it."""
