"""What a site itself offers to find its articles: feeds, sitemaps, and WordPress's list of posts.

Each is read as a list page is, into a `Listing`, and trusted only once its list pages prove it.
Pure: bytes and addresses in, plain records out; no request, no clock, no store.
"""
