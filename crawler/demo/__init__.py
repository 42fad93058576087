"""Three small portals of invented departments, served on this machine, to try the crawler on.

Everything on them is made up. They stand apart from the crawler: nothing here imports it, and it
imports nothing from here.
"""
