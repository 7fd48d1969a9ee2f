"""What can be done: a module a family, each command beside its handler."""
