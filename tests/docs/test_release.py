"""What is released: the wheel and the source distribution, their versions, and the files that go with them."""

from __future__ import annotations

import datetime
import email
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.message import Message
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load
from pages import ROOT, blocks, text_of

import mithaq

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TOP = {
    "src", "tests", "scripts", "bench", "benchmark", "corpus", "examples", "docs", ".ci", "README.md", "CHANGELOG.md",
    "LICENSE", "NOTICE", "CITATION.cff", "CONTRIBUTING.md", "SECURITY.md", "mkdocs.yml", "pyproject.toml", "PKG-INFO",
    ".gitignore",
}  # fmt: skip
"""What the source distribution holds: all that tests and docs need, and nobody else's texts."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as files:
        (name,) = (n for n in files.namelist() if n.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(files.read(name))


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(wheel: Path) -> None:
    packaged = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "mithaq").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as files:
        names = set(files.namelist())
    assert {n for n in names if ".dist-info/" not in n} == packaged
    assert {"LICENSE", "NOTICE"} <= {n.rpartition("/")[2] for n in names if ".dist-info/licenses/" in n}
    assert wheel.stat().st_size < 3_000_000


def test_the_source_distribution_holds_what_tests_and_docs_need(built: Path) -> None:
    (found,) = built.glob("*.tar.gz")
    with tarfile.open(found) as files:
        names = [n.partition("/")[2] for n in files.getnames()]
    assert {n.partition("/")[0] for n in names if n} == TOP
    assert {n for n in names if n.startswith("corpus/")} == {
        "corpus/README.md",
        "corpus/gold.jsonl",
        "corpus/reports.jsonl",
    }
    assert not [n for n in names if n.endswith((".db", ".gz", ".whl")) or "restored" in n.split("/")]
    assert found.stat().st_size < 8_000_000


def test_the_wheel_installs_and_reads(wheel: Path, tmp_path: Path) -> None:
    """Alone in a folder, with the dependencies of this environment; .ci/run does it in an empty one."""
    target = tmp_path / "installed"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(pip, check=True, timeout=120, capture_output=True)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"PYTHONPATH": str(target)}

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = run(sys.executable, "-c", "import mithaq; print(mithaq.__file__)")
    assert Path(where.strip()).is_relative_to(target)
    command = str(target / "bin" / "mithaq")
    assert run(sys.executable, command, "--version") == f"mithaq {mithaq.__version__}\n"
    assert '"area":"exercise"' in run(sys.executable, command, "read", str(ROOT / "examples" / "report.txt"))


def test_versions_agree(wheel: Path) -> None:
    """The package, its metadata, the changelog's newest version and the citation."""
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\S+)$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert released, "the changelog has no version: ## [0.1.0] - 2026-12-31"
    assert [day for _, day in released] == sorted((day for _, day in released), reverse=True)
    assert all(datetime.date.fromisoformat(day) for _, day in released)
    citation = yaml_load(text_of("CITATION.cff"))
    versions = {mithaq.__version__, PROJECT["version"], metadata(wheel)["Version"], released[0][0], citation["version"]}
    assert versions == {mithaq.__version__}


def test_the_citation_is_valid() -> None:
    """The keys that version 1.2.0 of the format requires, and the kinds of those that are there."""
    given = yaml_load(text_of("CITATION.cff"))
    assert given["cff-version"] == "1.2.0"
    assert given["type"] == "software"
    assert all(isinstance(given[key], str) and given[key] for key in ("message", "title", "version", "abstract"))
    assert given["license"] == PROJECT["license"]
    assert all(set(author) == {"name"} for author in given["authors"])
    assert set(given) <= {
        "cff-version", "message", "title", "abstract", "type", "authors", "version", "license", "keywords",
    }  # fmt: skip


def test_every_extra_that_is_documented_is_there() -> None:
    """«mithaq[...]» in the docs and in the program's hints is one of pyproject's optional-dependencies."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.py"), ROOT / "README.md"]
    named = {
        extra
        for page in pages
        for group in re.findall(r"(?:mithaq|'\.)\[([a-z]+(?:,[a-z]+)*)\]", page.read_text("utf-8"))
        for extra in group.split(",")
    }
    assert {"readers", "web", "test"} <= named
    assert named <= set(PROJECT["optional-dependencies"])


def test_problems_are_reported_in_private_and_without_an_invented_address() -> None:
    page = text_of("SECURITY.md")
    assert "private vulnerability" in page.replace("\n", " ")
    assert not re.search(r"\S+@\S+\.\S+", page)
    assert not list(blocks("SECURITY.md"))
