"""What a member sees: the screens and the command line over `core`."""
