"""Another member: ``python -m tests.bench.writer URL HANDLE KEY``.

For each line on standard input it writes the moment on the monotonic clock, and reports other
progress on the task.
"""

import sys
import time

from core.commands.progress import UpdateProgress
from core.desk import Desk
from core.queries.directory import find_task


def main(url: str, handle: str, key: str) -> None:
    """Work until standard input ends."""
    with Desk(url, actor=handle) as desk:
        task = desk.ask(find_task, key)
        print("ready", flush=True)
        for number, _ in enumerate(sys.stdin):
            print(time.monotonic(), flush=True)
            desk.do(UpdateProgress(task=task, progress=10 + number % 80))


if __name__ == "__main__":
    main(*sys.argv[1:])
