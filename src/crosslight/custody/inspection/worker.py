"""The child: `python -m crosslight.custody.inspection.worker TASK`. Reads stdin, answers on stdout.

stdin is the file itself, opened to be read; stdout a pipe; there is no other descriptor and no
environment. Whatever happens here, a crash included, is a result for the parent.
"""

from __future__ import annotations

import sys

from crosslight.custody.inspection.confinement import (
    NotConfined,
    close_the_door,
    leave_the_network,
    limit_resources,
)
from crosslight.custody.inspection.results import Isolation, Stop
from crosslight.custody.inspection.tasks import Task, say


def main() -> None:
    task = Task.read(sys.argv[1])
    limits = task.limits
    isolation = leave_the_network(use_namespaces=limits.use_namespaces)
    limit_resources(memory_bytes=limits.memory_bytes, cpu_seconds=limits.cpu_seconds)
    try:
        _work(task, isolation)
    except MemoryError:
        say({"stopped": Stop.MEMORY.value})
    except NotConfined:
        say({"stopped": Stop.UNCONFINED.value})


def _work(task: Task, isolation: Isolation) -> None:
    # The readers and what they load come after the namespaces, which a process with threads
    # cannot change, and before the door is closed, behind which no module can be opened.
    from crosslight.core.evidence.packages.faults import PackageFault
    from crosslight.custody.inspection.answers import answer
    from crosslight.custody.inspection.looking import Tools

    tools = Tools.loaded()
    with open(sys.stdin.fileno(), "rb", closefd=False) as file:
        close_the_door()
        say({"isolation": isolation.value})
        try:
            answer(task, file, tools)
        except PackageFault:
            say({"stopped": Stop.NO_PACKAGE.value})


if __name__ == "__main__":
    main()
