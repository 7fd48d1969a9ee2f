"""Frozen values and enums of the domain; standard library only."""
