"""The screens: each hands rows to its widgets and turns their messages into commands."""
