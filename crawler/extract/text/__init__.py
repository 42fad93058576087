"""The text of an article: its blocks, its look, what is none of it."""
