"""``duban export``."""

import gc
import sys
from io import BytesIO
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
    if given.text("file") == "-":
        _to_output(request)
        return
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


def _to_output(request: "Request") -> None:
    """Write CSV to standard output: all of it or nothing."""
    from core.exchange.export import export

    given, content = request.given, BytesIO()
    project = given.text("project") or None
    export(request.desk, given.text("table"), content, project=project, as_format="csv")
    sys.stdout.flush()
    sys.stdout.buffer.write(content.getvalue())


COMMANDS = {
    "export": Command(
        "export",
        run,
        help=N_("Export a table to xlsx or CSV; - writes CSV to standard output."),
        example="duban export T1-1 tasks.xlsx",
        takes=(
            Parameter("TABLE", suggests="tables"),
            Parameter("FILE", suggests="files"),
            Parameter("--project KEY", N_("Only this project's."), suggests="projects"),
            Parameter("-f --force", N_("Replace the file if it is there.")),
        ),
    )
}
