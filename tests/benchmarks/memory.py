"""``memory.py N``: the most memory of a process in which N forms go through the iterator, in KiB."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

import workload

import perfeval


def main() -> None:
    plan = perfeval.loads(workload.rules(percent=True))
    forms = (workload.written(form, percent=True) for form in workload.forms(int(sys.argv[1]), seed=3))
    for one in perfeval.score_many(plan, forms):
        assert one.evaluation is not None
        one.evaluation.total  # noqa: B018
    print(peak())


def peak() -> int:
    """The most memory this process took; Linux counts what its parent took before it became another program, too."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii")) if status.exists() else None
    return int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
