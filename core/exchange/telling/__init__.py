"""Stored tasks in the words of tables: written on export, compared on import."""
