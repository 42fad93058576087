"""What belongs to a text: files, pictures, who wrote it."""
