"""Read models: frozen rows ready to draw.

Each question is a function whose first value is the store. Ask it through the desk:
``desk.ask(board.cards, where, limit=64)``.
"""

import core.store  # noqa: F401 - first of all: it keeps peewee from loading every driver
