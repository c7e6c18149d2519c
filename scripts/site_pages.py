"""What ``mkdocs build`` does beside Markdown (a hook of mkdocs.yml).

The pages in the repository's root (README, CONTRIBUTING, ...) become pages of the site, and links between them and
``docs/`` are turned so that they hold on the forge and on the site alike. Quotations that begin in Arabic are marked
right-to-left, and the font is copied from its package: the site asks nothing of other hosts.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

ROOT = Path(__file__).parents[1]
DOCS = "docs"
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changelog.md",
    "corpus/README.md": "corpus.md",
    "NOTICE": "notice.md",
    "examples/figures.ipynb": "examples/figures.ipynb",
}
"""Files outside docs/ → the pages, or files to download, that they become."""

FONTS = ("IBMPlexSansArabic-Regular.ttf", "IBMPlexSansArabic-Bold.ttf")
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\(([^()\s]+)\)")
_FENCE = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)
_ROLE = re.compile(r":(?:class|data|func|meth|mod):(?=<code>)|(?<=<code>)~(?:\w+\.)+(?=\w+</code>)")
_QUOTATION = re.compile(r"<blockquote>(?=\s*<p>\W*[\u0600-\u06ff])")


def on_files(files: Any, config: Any) -> Any:
    """Add the pages of the root."""
    for path, page in PAGES.items():
        if (ROOT / path).is_file():
            files.append(File.generated(config, page, content=_text(path)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn the page's links to where their files are on the site."""
    here = page.file.src_uri
    source = next((path for path, name in PAGES.items() if name == here), f"{DOCS}/{here}")
    parts = _FENCE.split(markdown)
    parts[::2] = [_LINK.sub(lambda m: _turned(m[1], m[2], m[3], source, here), part) for part in parts[::2]]
    return "".join(parts)


def on_page_content(html: str, **_: Any) -> str:
    """Mark quotations that begin in Arabic; leave out what docstrings say for other tools (``:class:`~...```)."""
    return _QUOTATION.sub('<blockquote dir="rtl" lang="ar">', _ROLE.sub("", html))


def on_post_build(config: Any, **_: Any) -> None:
    """Put the fonts, with their licence, where the style sheet looks for them."""
    package = package_files("fontpkg_ibm_plex_sans_arabic")
    folder = Path(config.site_dir) / "assets" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for name in FONTS:
        shutil.copyfile(str(package / "files" / name), folder / name)
    shutil.copyfile(str(package / "LICENSE"), folder / "LICENSE.txt")


def _text(path: str) -> str:
    text = (ROOT / path).read_text("utf-8")
    return f"# {path.title()}\n\n```text\n{text.strip()}\n```\n" if path == "NOTICE" else text


def _turned(mark: str, words: str, link: str, source: str, here: str) -> str:
    """A link, written in the file *source* of the repository, as the page *here* of the site needs it.

    Of a link to a file of the repository that is no page only the words are left. Raises PluginError where nothing is.
    """
    if re.match(r"[a-z]+:|#", link):
        return f"{mark}[{words}]({link})"
    path, hash_, anchor = link.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    if target in PAGES:
        on_site = PAGES[target]
    elif target.startswith(f"{DOCS}/"):
        on_site = target.removeprefix(f"{DOCS}/")
    elif (ROOT / target).exists():
        return words
    else:
        raise PluginError(f"{source}: there is no {link}")
    return f"{mark}[{words}]({posixpath.relpath(on_site, posixpath.dirname(here) or '.')}{hash_}{anchor})"
