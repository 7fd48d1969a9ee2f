"""The board: its rules, its store and its one way to change anything."""

__version__ = "0.1.0"
