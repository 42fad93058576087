"""From a saved page to fields: pure functions, no Scrapy, no clock, one parse a page."""
