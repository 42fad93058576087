"""The server: feeds and pages over HTTP."""
