"""What both halves share: the article, the store's promise, its two backends, health verdicts."""

VERSION = "0.1.0"
"""Of the whole project; what a User-Agent and a feed's generator name."""
