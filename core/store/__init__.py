"""Where peewee lives: one set of tables on SQLite and PostgreSQL.

Importing peewee imports every database driver that is installed, which costs more than all the
rest of ``duban add``. So it is imported here first, with the drivers hidden;
core.store.postgres hands it the one it needs.
"""

import sys

_DRIVERS = ("psycopg", "psycopg2", "pymysql", "MySQLdb")
_hidden = [name for name in _DRIVERS if name not in sys.modules]
sys.modules.update(dict.fromkeys(_hidden))  # type: ignore[arg-type]
try:
    import peewee  # noqa: F401
finally:
    for _name in _hidden:
        del sys.modules[_name]
