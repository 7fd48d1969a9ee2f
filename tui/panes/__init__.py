"""Parts of a screen that are given rows and post messages."""
