"""``memory.py N``: the most memory of a process in which N forms go through the iterator, in KiB."""

from __future__ import annotations

import resource
import sys

import workload

import perfeval


def main() -> None:
    plan = perfeval.loads(workload.rules(percent=True))
    forms = (workload.written(form, percent=True) for form in workload.forms(int(sys.argv[1]), seed=3))
    for one in perfeval.score_many(plan, forms):
        assert one.evaluation is not None
        one.evaluation.total  # noqa: B018
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main()
