"""Writes the record of ``examples/report.txt`` to ``tests/snapshots``: read the change before you commit it."""

from __future__ import annotations

import json
from pathlib import Path

import mithaq

ROOT = Path(__file__).parents[1]


def main() -> None:
    text = (ROOT / "examples" / "report.txt").read_text("utf-8")
    record = mithaq.read(text, published="2026-03-10", outlet="البريد اليومي", id="example")
    target = ROOT / "tests" / "snapshots" / "example.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(record.to_dict(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{target.relative_to(ROOT)}: {len(record.attributions)} attributions, {len(record.provisions)} provisions")


if __name__ == "__main__":
    main()
