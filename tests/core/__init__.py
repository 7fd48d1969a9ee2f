"""Tests of the domain, its policies and commands."""
