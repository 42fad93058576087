"""From raw to fit to keep: text, addresses, HTML, and the article as a whole; pure, no Scrapy."""
