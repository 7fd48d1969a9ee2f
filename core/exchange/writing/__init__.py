"""Stored tasks as tables, and tables as files."""
