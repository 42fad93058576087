"""The publishing half: channels, formats, the web server."""
