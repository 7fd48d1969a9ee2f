"""The company's own days: read before the board is seen, so apart from what it does without."""

from peewee import BigAutoField, BooleanField, CharField

from core.store.fields import DayField
from core.store.tables import Table


class CalendarDayTable(Table):
    """Company days that lie over a published calendar."""

    id = BigAutoField()
    calendar = CharField(max_length=64)
    day = DayField()
    works = BooleanField()
    name = CharField(max_length=200, default="")

    class Meta:
        """Name; a day once."""

        table_name = "calendar_day"
        indexes = ((("calendar", "day"), True),)
