"""What both halves share: the article, the store's promise, its two backends, health verdicts."""
