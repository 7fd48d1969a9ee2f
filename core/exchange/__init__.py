"""Files in and out: what people keep in spreadsheets, as plans and as tables.

Three doors: ``plan.read_plan`` (file to plan), ``apply.preview`` and ``apply.apply`` (plan to
store), ``export.export`` (store to file). Beside them stand the values that pass through: tables,
cells, plans, verdicts, and why a file cannot be read. Behind them, each knowing those before it:
``reading``, ``files``, ``telling``, then ``applying`` and ``writing``.

Nothing is imported here: reading a file costs start-up time only to those who read one.
"""
