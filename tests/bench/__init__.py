"""Speed and memory, measured from outside: ``python -m tests.bench``."""
