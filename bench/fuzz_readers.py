"""Mutated inputs of every format: nothing but an InputError may come of them, and soon.

    python bench/fuzz_readers.py --seconds 60                    # all targets, one after the other
    python bench/fuzz_readers.py --runs 10000 html pdf read      # so many mutations of each of these
    python bench/fuzz_readers.py --seeds FOLDER                  # only write the seeds, which are made, not stored

A target is a reader (its input goes through ``read_bytes``; parsers run in this process, so that their coverage is
seen); ``entries``, a feed as ``mithaq watch`` reads it; ``fetch``, what a web server sends; ``robots``; or ``read``:
text to record. Each target runs in a process of its own. With the package ``atheris`` mutations are guided by the
coverage of mithaq's code; without it they are blind, which ``--guided`` refuses. A failing input is kept in
``--failures``, and the exit code is 1.

It fails with an exception other than ``InputError``, a report that breaks its contract, or more than ``--timeout``
seconds. What a parser's library raises is no failure, since ``confined.py`` makes an ``InputError`` of it; what
mithaq's own code under ``parsers`` raises is one.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from fuzz_targets import check_of, seeds

LONGEST = 1 << 16
MEMORY_MB = 2048
_FAILED = 77
_INSTRUMENTED = ["mithaq.fetch", "mithaq.readers", "mithaq.stages", "mithaq.watch", "h11", "protego"]


def main() -> None:
    """Fuzz the targets that are asked for; exit with 1 if any input fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="default: all of them")
    parser.add_argument("--seconds", type=int, default=0, help="for each target")
    parser.add_argument("--runs", type=int, default=0, help="mutations of each target")
    parser.add_argument("--timeout", type=int, default=20, help="seconds for one input")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"), help="where failing inputs are kept")
    parser.add_argument("--guided", action="store_true", help="fail if atheris is not there")
    parser.add_argument("--blind", action="store_true", help="without atheris, even if it is there")
    parser.add_argument("--seeds", type=Path, help="write the seeds there, and fuzz nothing")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        _fuzz(options.one, options)
        return
    if options.seeds:
        for target in seeds():
            _write_seeds(target, options.seeds / target)
        return
    if options.guided and importlib.util.find_spec("atheris") is None:
        parser.error("the package atheris is not installed")
    targets = options.targets or list(seeds())
    if unknown := set(targets) - set(seeds()):
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(seeds())}")
    failed = []
    for target in targets:
        own = [a for a in sys.argv[1:] if a not in options.targets]
        code = subprocess.run([sys.executable, __file__, "--one", target, *own], check=False).returncode
        print(f"{target}: {'ok' if not code else f'FAILED (exit code {code})'}", flush=True)
        failed += [target] if code else []
    raise SystemExit(1 if failed else 0)


def _fuzz(target: str, options: argparse.Namespace) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB << 20, MEMORY_MB << 20))
    guided = not options.blind and importlib.util.find_spec("atheris") is not None
    if guided:
        _guided(target, options)
    else:
        _blind(target, options)


def _guided(target: str, options: argparse.Namespace) -> None:
    import atheris

    with atheris.instrument_imports(include=_INSTRUMENTED):
        run = check_of(target)
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{target}-"))
    _write_seeds(target, folder)
    options.failures.mkdir(parents=True, exist_ok=True)
    arguments = [
        sys.argv[0],
        str(folder),
        f"-max_len={LONGEST}",
        f"-timeout={options.timeout}",
        f"-seed={options.seed}",
    ]
    arguments += [f"-artifact_prefix={options.failures}/{target}-", "-rss_limit_mb=0", "-print_final_stats=1"]
    arguments += [f"-max_total_time={options.seconds}"] if options.seconds else []
    arguments += [f"-runs={options.runs}"] if options.runs else []
    atheris.Setup(arguments, run)
    atheris.Fuzz()


def _blind(target: str, options: argparse.Namespace) -> None:
    run = check_of(target)
    chance = random.Random(f"{options.seed} {target}")
    pool = seeds()[target]
    end = time.monotonic() + (options.seconds or 1e9)
    count = 0
    slowest = 0.0
    data = b""

    def too_slow(*_: object) -> None:
        raise TimeoutError(f"over {options.timeout} seconds")

    signal.signal(signal.SIGALRM, too_slow)
    try:
        while time.monotonic() < end and (not options.runs or count < options.runs):
            data = mutated(chance.choice(pool), chance)
            start = time.process_time()
            signal.alarm(options.timeout)
            run(data)
            signal.alarm(0)
            slowest = max(slowest, time.process_time() - start)
            count += 1
    except BaseException:
        traceback.print_exc()
        options.failures.mkdir(parents=True, exist_ok=True)
        kept = options.failures / f"{target}-{hashlib.sha256(data).hexdigest()[:16]}"
        kept.write_bytes(data)
        print(f"{target}: input {count + 1} fails; kept as {kept}", flush=True)
        raise SystemExit(_FAILED) from None
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{target}: {count:,} mutations, {used.ru_utime:.0f} s, slowest {slowest:.2f} s, {used.ru_maxrss >> 10} MB")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """*data* with one to eight changes: of bits, bytes and numbers; pieces cut, doubled, moved, or made long."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(found) + 1)
        size = chance.choice((1, 2, 4, 16, 256, 4096))
        kind = chance.randrange(8)
        if kind == 0 and at < len(found):
            found[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            found[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 2:
            del found[at : at + size]
        elif kind == 3:
            found[at:at] = found[at : at + size]
        elif kind == 4:
            found[at:at] = chance.choice(_PIECES)
        elif kind == 5:
            width = chance.choice((1, 2, 4, 8))
            number = chance.choice((0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 63))
            number &= (1 << 8 * width) - 1
            found[at : at + width] = number.to_bytes(width, chance.choice(("little", "big")))
        elif kind == 6:
            other = chance.randrange(len(found) + 1)
            found[at : at + size] = found[other : other + size]
        else:
            found[at:at] = found[at : at + chance.choice((1, 8))] * chance.choice((10, 1000))
    return bytes(found[:LONGEST])


_PIECES = (
    *(c.encode() for c in ("\ufeff", "\u200f", "\u202e", "\ud7ff", "لا", "ﻻ", "َ", "«", "»", "\u2028", "\0")),
    *(
        b"\xff",
        b"\xed\xa0\x80",
        b"\xc0\x80",
        b'"',
        b"'",
        b",",
        b"\n",
        b"\r\n",
        b"<",
        b"<!--",
        b"-->",
        b"&quot;",
        b"&#x110000;",
    ),
    *(b"<![CDATA[", b"]]>", b"<!DOCTYPE a [", b"<table>", b"</div>", b"<p>", b"\\", b"\\u", b"{", b"[", b"]", b"}"),
    *(
        b"9" * 400,
        b"-1",
        b"1e999",
        b"%PDF-",
        b"endstream",
        b"obj",
        b"<<",
        b">>",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"ustar",
    ),
)


def _write_seeds(target: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds()[target]):
        (folder / str(number)).write_bytes(data)


if __name__ == "__main__":
    main()
