"""``duban export``."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.declared import Command, Parameter
from tui.words import N_

if TYPE_CHECKING:
    from tui.cli.request import Request


def run(request: "Request") -> None:
    """Write a table to a file; its ending picks the format."""
    from core.exchange.export import export

    gc.enable()
    given, words = request.given, request.words
    target = Path(given.text("file"))
    done = export(
        request.desk,
        given.text("table"),
        target,
        project=given.text("project") or None,
        force=given.flag("force"),
    )
    content = {"table": done.table.code, "rows": done.rows, "file": str(target)}
    request.answer(
        content,
        words.ngettext(
            "{table}: {count} row in {file}",
            "{table}: {count} rows in {file}",
            done.rows,
            table=f"{done.table.code} {done.table.name}",
            file=str(target),
        ),
    )


COMMANDS = {
    "export": Command(
        "export",
        run,
        help=N_("Export a table to xlsx or CSV."),
        example="duban export T1-1 tasks.xlsx",
        takes=(
            Parameter("TABLE", suggests="tables"),
            Parameter("FILE", suggests="files"),
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("-f --force", N_("Replace the file if it is there.")),
        ),
    )
}
