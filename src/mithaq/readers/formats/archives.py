"""What zip and tar share: which members are read, and what the others are set aside for."""

from __future__ import annotations

from mithaq.readers.limits import MAX_NAME

_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def is_litter(name: str) -> bool:
    """Whether a member is what systems leave in archives, not what people put there."""
    last = name.rpartition("/")[2]
    return name.startswith(_LITTER[0]) or last in _LITTER or last.startswith("._")


def refusal(name: str) -> tuple[str, str] | None:
    """Why a member of that name is not read; ``None`` if it may be.

    Nothing is ever unpacked to disk under its name; but an archive with such names was not made by accident.
    """
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or (len(parts[0]) == len("C:") and parts[0].endswith(":")):
        return "its name leads out of the archive", "who made this archive?"
    if len(name) > MAX_NAME:
        return f"its name is over {MAX_NAME:,} characters", ""
    return None
