"""Reading what only LibreOffice can convert (.doc, .wps, .odt, .rtf)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from perfeval.forms.grid import Contents
from perfeval.forms.readers import docx
from perfeval.problems import InputError, Origin, problem
from perfeval.toml import source

#: A conversion that takes longer is stopped.
_SECONDS: Final = 120


def read(path: Path) -> Contents:
    """Convert the document *path* to .docx and read that. InputError where LibreOffice is missing or fails."""
    source.sized(path)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise InputError([problem("needs-libreoffice", Origin(str(path)), found=path.suffix.lower())])
    with tempfile.TemporaryDirectory(prefix="perfeval-") as folder:
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx"]
        # A process group of its own: what is stopped takes its children along.
        process = subprocess.Popen(
            [*command, "--outdir", folder, str(path.resolve())],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        made = Path(folder, path.stem + ".docx")
        if not made.is_file():
            raise InputError([problem("document-unreadable", Origin(str(path)), reason="LibreOffice: no result")])
        return docx.read(made)
