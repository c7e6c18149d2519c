"""Kill ``mithaq run`` at random moments, or a worker of it, and compare its folder with one that nobody disturbed.

    python bench/run_kills.py --kills 20
    python bench/run_kills.py --kills 20 --reports NEWS.jsonl.gz --shard 200

First the run itself is killed and started again until it is done, then the run goes on while its workers are killed,
one at a time. Both times every file of the folder must be the same, byte for byte. Needs Linux (``/proc``).
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

REPORTS = Path(__file__).parents[1] / "corpus" / "reports.jsonl"
LIMIT = 3600


def command(reports: Path, out: Path, shard: int, *more: str) -> list[str]:
    """The command under test."""
    start = [sys.executable, "-m", "mithaq", "run", str(reports), "--out", str(out), "--shard", str(shard)]
    return [*start, "--jobs", "2", *more]


def undisturbed(reports: Path, out: Path, shard: int) -> float:
    """Run it once; the seconds that it took."""
    began = time.monotonic()
    subprocess.run(command(reports, out, shard), check=True, capture_output=True, timeout=LIMIT)
    return time.monotonic() - began


def files(out: Path) -> dict[str, bytes]:
    """Every file of a folder but those of work that is going on."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".work" not in path.parts
    }


def kill_run(reports: Path, out: Path, shard: int, kills: int, rng: random.Random, longest: float) -> int:
    """Kill the run up to *kills* times, each after up to *longest* seconds, and let it end; how often it was killed."""
    done = 0
    while done < kills:
        process = subprocess.Popen(command(reports, out, shard), stderr=subprocess.DEVNULL)
        try:
            process.wait(rng.uniform(0.2, longest))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            done += 1
    subprocess.run(command(reports, out, shard), check=True, capture_output=True, timeout=LIMIT)
    return done


def kill_workers(reports: Path, out: Path, shard: int, kills: int, rng: random.Random, longest: float) -> int:
    """Start it once, and kill one worker up to *kills* times on the way; how often one was killed."""
    process = subprocess.Popen(command(reports, out, shard), stderr=subprocess.DEVNULL)
    done = 0
    while done < kills:
        try:
            process.wait(rng.uniform(0.2, longest))
            break
        except subprocess.TimeoutExpired:
            if found := workers(process.pid):
                os.kill(rng.choice(found), signal.SIGKILL)
                done += 1
    if process.wait(LIMIT):
        raise SystemExit(f"the run ended with {process.returncode} after {done} workers were killed")
    return done


def workers(pid: int) -> list[int]:
    """The workers of a run; Python's tracker of resources is a child too."""
    return [child for child in children(pid) if "spawn_main" in command_line(child)]


def children(pid: int) -> list[int]:
    """The processes that a process started, in any of its threads; none if it is gone."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in task.read_text().split()]
    return found


def command_line(pid: int) -> str:
    """How a process was started, empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--reports", type=Path, default=REPORTS)
    parser.add_argument("--shard", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        whole = undisturbed(options.reports, Path(folder) / "undisturbed", options.shard)
        expected = files(Path(folder) / "undisturbed")
        print(f"undisturbed: {len(expected)} files in {whole:.1f} s", flush=True)
        for name, kill in (("the run", kill_run), ("a worker", kill_workers)):
            kills = runs = 0
            while kills < options.kills:
                runs += 1
                out = Path(folder) / f"{kill.__name__}-{runs}"
                longest = max(1.5, 2 * whole / options.kills)
                kills += kill(options.reports, out, options.shard, options.kills - kills, rng, longest)
                if files(out) != expected:
                    raise SystemExit(f"{name} killed: the output differs from a run that nobody disturbed")
            print(f"{name} killed {kills} times in {runs} runs: the same output, byte for byte", flush=True)


if __name__ == "__main__":
    main()
