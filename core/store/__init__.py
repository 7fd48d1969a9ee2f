"""Where peewee lives: one set of tables on SQLite and PostgreSQL."""
