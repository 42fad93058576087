"""The crawling half: source files, navigation, extraction, and what keeps the articles."""
