"""What is handed out: the lock files, the built distributions, and perfeval installed from its wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest
import tomli
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[2]
PROJECT: Final[dict[str, Any]] = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS: Final = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock", "requirements-office.lock")

#: One entry of a lock file whose lines were joined: a pinned name, perhaps a marker, its hashes.
ENTRY: Final = re.compile(r"([a-z0-9-]+)==([^ ;]+)( ; [^\\]*?)?((?: --hash=sha256:[0-9a-f]{64})+)")


def _lock(name: str) -> dict[str, tuple[str, str, frozenset[str]]]:
    """The version, marker and hashes of each package of a lock file."""
    entries = {}
    for line in (ROOT / name).read_text(encoding="utf-8").replace(" \\\n   ", "").splitlines():
        entry = ENTRY.fullmatch(line)
        assert entry, f"{name}: not a pinned requirement with hashes: {line}"
        package, version, marker, hashes = entry.groups()
        assert package not in entries, f"{name}: {package} stands there twice"
        entries[package] = (version, marker or "", frozenset(hashes.split()))
    assert entries
    return entries


def _required(texts: list[str]) -> list[Requirement]:
    """The requirements in *texts*; those on extras of the project itself are replaced by what the extras require."""
    found = []
    for requirement in map(Requirement, texts):
        if requirement.name == PROJECT["project"]["name"]:
            for extra in requirement.extras:
                found += _required(PROJECT["project"]["optional-dependencies"][extra])
        else:
            found.append(requirement)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=)", text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_everything_with_the_hashes_of_wheel_and_source(name: str) -> None:
    assert [package for package, (_, _, hashes) in _lock(name).items() if len(hashes) < 2] == []


@pytest.mark.parametrize("name", LOCKS[:2])
def test_the_development_lock_holds_the_others(name: str) -> None:
    assert _lock(name).items() <= _lock("requirements-dev.lock").items()


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-build.lock", PROJECT["build-system"]["requires"]),
        ("requirements-dev.lock", PROJECT["project"]["optional-dependencies"]["dev"]),
        (
            "requirements-office.lock",
            [
                text
                for extra in ("office", "html", "pdf")
                for text in PROJECT["project"]["optional-dependencies"][extra]
            ],
        ),
    ],
    ids=LOCKS,
)
def test_a_lock_fits_what_the_project_asks_for(name: str, texts: list[str]) -> None:
    lock = _lock(name)
    asked = _required(texts)
    assert [str(one) for one in asked if canonicalize_name(one.name) not in lock] == []
    assert [str(one) for one in asked if lock[canonicalize_name(one.name)][0] not in one.specifier] == []


def _run(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "UV_", "COV"))}
    done = subprocess.run(
        command, cwd=cwd, env={**clean, "PYTHONIOENCODING": "utf-8"}, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, and the wheel built from it."""
    folder = tmp_path_factory.mktemp("built")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The paths of an environment that holds the wheel; what it depends on is lent by the one that runs the tests."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    base = str(folder)
    paths = sysconfig.get_paths("venv", vars={"base": base, "platbase": base, "installed_base": base})
    python = Path(paths["scripts"], "python")
    options = ("--quiet", "--no-config", "--offline", "--no-index", "--no-deps", "--no-cache")
    _run(sys.executable, "-m", "uv", "pip", "install", *options, "--python", python, wheel, cwd=folder)
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(paths["purelib"], "lent.pth").write_text("\n".join(sorted(lent)), encoding="utf-8")
    return {**paths, "python": str(python)}


def _files(folder: str) -> set[str]:
    """The files under a folder of the checkout, as they are written in an archive."""
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    return {name for name in found if "__pycache__" not in name}


def test_the_wheel_holds_the_package_and_its_rules(wheel: Path) -> None:
    rules = _files("rules")
    shipped = ("cn/project-self-evaluation", "cn/cost-linear", "intl/pefa-2016-m1", "us/part")
    assert rules.issuperset(f"rules/{one}.toml" for one in shipped)
    names = set(zipfile.ZipFile(wheel).namelist())
    content = {name for name in names if not name.startswith("perfeval-")}
    assert content == _files("perfeval") | {f"perfeval/{name}" for name in rules}
    assert "perfeval/py.typed" in content
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_rules_of_the_wheel_are_those_of_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in _files("rules"):
            assert archive.read(f"perfeval/{name}") == (ROOT / name).read_bytes()


def test_a_wheel_of_the_checkout_is_that_of_the_source_distribution(wheel: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    (direct,) = tmp_path.glob("*.whl")
    assert sorted(zipfile.ZipFile(direct).namelist()) == sorted(zipfile.ZipFile(wheel).namelist())


def test_the_source_distribution_holds_what_its_tests_need(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    folders = ("perfeval", "rules", "tests", "docs", "examples")
    single = {*LOCKS, "pyproject.toml", "Makefile", "LICENSE", "CHANGELOG.md"}
    assert single.union(*map(_files, folders)) - names == set()


def test_the_installed_package_is_the_one_from_the_wheel(installed: dict[str, str], tmp_path: Path) -> None:
    told = _run(installed["python"], "-c", "import perfeval; print(perfeval.__file__)", cwd=tmp_path)
    assert Path(told.strip()) == Path(installed["purelib"], "perfeval", "__init__.py")


def test_the_installed_command_lists_the_shipped_rules(installed: dict[str, str], tmp_path: Path) -> None:
    listed = _run(Path(installed["scripts"], "perfeval"), "rules", cwd=tmp_path)
    found = {word for line in listed.splitlines() for word in line.split()[:1]}
    assert found.issuperset(name.removeprefix("rules/").removesuffix(".toml") for name in _files("rules"))


def test_the_installed_package_runs_as_a_module(installed: dict[str, str], tmp_path: Path) -> None:
    assert "perfeval" in _run(installed["python"], "-m", "perfeval", "--help", cwd=tmp_path)


def test_the_installed_package_scores_by_a_shipped_policy(installed: dict[str, str], tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(
        'format = 1\nid = "own"\ntitle = "own"\nuses = ["cn/project-self-evaluation"]\n'
        '[structure]\n"预算执行" = 100\n"产出指标" = 0\n"效益指标" = 0\n"满意度指标" = 0\n'
        '[[indicators]]\nname = "预算执行率"\ngroup = "预算执行"\nweight = 100\n',
        encoding="utf-8",
    )
    facts = tmp_path / "facts.toml"
    facts.write_text('[facts]\n"预算执行率" = { executed = "24.5万元", budget = "50万元" }\n', encoding="utf-8")
    command = Path(installed["scripts"], "perfeval")
    scored = _run(command, "score", rules, facts, "--format", "json", cwd=tmp_path)
    assert '"total": "49.00"' in scored
    assert '"id": "cn/project-self-evaluation"' in scored
