"""What is loaded, and when: a form is scored by what it takes to score it, and by nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

import pytest

CASE: Final = "'examples/yiyang-2021/rules.toml', 'examples/yiyang-2021/facts.toml'"
#: What scoring one form never needs.
ELSEWHERE: Final = (
    *("perfeval.differences", "perfeval.batch", "perfeval.engine.proofs.prover", "perfeval.engine.examples"),
    *(
        "perfeval.engine.compiled.compiler",
        "perfeval.engine.compiled.source",
        "perfeval.report.formats.toml",
        "perfeval.rulefile.inheritance",
    ),
    *("csv", "multiprocessing", "concurrent.futures", "asyncio", "socket"),
)
#: What scoring one sound form never needs either: what is for forms, for other commands, or for files with faults.
SOUND: Final = (
    *("perfeval.forms", "perfeval.audits", "perfeval.commands.audit", "perfeval.commands.rules"),
    *("perfeval.toml.recovery", "perfeval.toml.repair", "perfeval.toml.diagnosis", "perfeval.toml.edits"),
    *("perfeval.engine.facts.merge", "difflib", "zipfile", "tempfile"),
)
RULES: Final = (
    "format=1\\nid='a'\\ntitle='a'\\n[[indicators]]\\nname='a'\\nweight=100\\ntarget='1'\\nmethod={kind='proportional'}"
)

#: Some code, and the beginnings of the names of modules that it must not load.
LOADS: Final[dict[str, tuple[str, ...]]] = {
    "import perfeval": (
        "perfeval.api",
        "perfeval.text.messages",
        "attr",
        "cattrs",
        "tomli",
        "rich",
        "decimal",
        "argparse",
    ),
    "import perfeval.cli": ("rich", "cattrs", "tomli", "perfeval.engine", "perfeval.rulefile", *ELSEWHERE),
    "from perfeval.cli import main; main(['--help'])": ("rich", "cattrs", "tomli", "perfeval.engine", *ELSEWHERE),
    f"from perfeval.cli import main; main(['score', {CASE}, '--format', 'json'])": (
        *("rich", "perfeval.report.console", "shutil"),
        *ELSEWHERE,
        *SOUND,
    ),
    f"from perfeval.cli import main; main(['score', {CASE}])": (
        "perfeval.report.console.compare",
        *ELSEWHERE,
        *SOUND,
    ),
    f'import perfeval; perfeval.score(perfeval.loads("{RULES}"), {{"a": 1}})': (
        *("rich", "argparse", "perfeval.report"),
        *ELSEWHERE,
        *SOUND,
    ),
}


def loaded(code: str) -> set[str]:
    """The modules that a new process has loaded when *code* is done."""
    text = f"""
import atexit, json, sys
before = set(sys.modules)
atexit.register(lambda: print("@@", json.dumps(sorted(set(sys.modules) - before))))
{code}
"""
    words = [sys.executable, "-X", "utf8", "-c", text]
    done = subprocess.run(words, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.rpartition("@@")[2]))


@pytest.mark.parametrize("code", LOADS)
def test_only_what_is_needed_is_loaded(code: str) -> None:
    found = loaded(code)
    assert "perfeval" in found
    assert sorted(name for name in found if f"{name}.".startswith(tuple(f"{one}." for one in LOADS[code]))) == []


def test_what_a_batch_needs_is_loaded_with_it() -> None:
    code = f'import perfeval; list(perfeval.score_many(perfeval.loads("{RULES}"), [{{"a": 1}}] * 3))'
    assert {"perfeval.batch.many", "perfeval.engine.compiled.compiler"} <= loaded(code)
    assert not {"rich", "perfeval.batch.files", "perfeval.report.formats.json"} & loaded(code)
