"""Every limit of the readers in one place, and why it is what it is. Bytes and seconds unless a name says more."""

from __future__ import annotations

MAX_BYTES = 10_000_000
"""The longest line, row, page, item of an array or plain text that is read into memory: a shelf of books."""
MAX_CHARACTERS = 1_000_000
"""The longest text of one report, in code points (some 500 printed pages)."""
MAX_SKIPPED = 500_000_000
"""How much of one line over ``MAX_BYTES`` is passed over in search of its end; an endless line ends the input."""
MAX_DOCUMENT = 50_000_000
"""The largest PDF or DOCX: they carry pictures and fonts, so they may be larger than their text."""

MAX_NESTING = 2
"""Archives inside one another: a zip of a tar is read, what lies deeper is not."""
MAX_WRAPPINGS = 2
"""Compressions around one file: ``a.gz.xz`` is read."""
FREE_EXPANSION = 64_000_000
"""What any input may unpack to, however small it is."""
MAX_EXPANSION = 250
"""How many times its size a larger input may unpack to. News text packs to a fifth, and a list of near-copies to a
fiftieth; the bombs that circulate unpack to 1,000 times their size (gzip) and more."""
MAX_WINDOW = 1 << 27
"""What xz and zstd may use to unpack, 128 MB: more than their strongest ordinary settings ask for."""
MAX_SPOOLED = 2_000_000_000
"""What is copied to a temporary file because its format must be read in any order (zip and Parquet in a stream)."""
MAX_DIRECTORY = 30_000_000
"""The directory of a zip, which is held in memory: some 300,000 members."""
MAX_NAME = 4_096
"""The longest name of a member, as in file systems."""
MAX_HEAD = 1 << 18
"""The head of a WARC record or of an answer in it: servers refuse a sixteenth of this."""
MAX_COLUMN = 400_000_000
"""What the text columns of one row group of a Parquet file may unpack to."""

PARSER_MEMORY = 1 << 30
"""The address space of the process that runs the parsers of HTML, feeds, PDF, DOCX and Parquet."""
PARSER_SECONDS = 10
"""The time a page, a feed or a DOCX may take there; a page of 1 MB takes two seconds."""
PDF_SECONDS = 30
"""The time a PDF may take: some hundred dense pages."""
MAX_PAGES = 500
"""The pages of a PDF, which is one report."""
