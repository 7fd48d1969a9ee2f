"""Where peewee lives: one set of tables on SQLite and PostgreSQL.

Importing peewee imports every database driver that is installed, which costs more than all the
rest of ``duban add``; and OpenSSL's hashes, beside which Python has its own. So it is imported
here first, with these hidden; core.store.postgres hands it the driver it needs.
"""

from core.hiding import hidden

with hidden("psycopg", "psycopg2", "pymysql", "MySQLdb", "_hashlib"):
    import peewee  # noqa: F401
