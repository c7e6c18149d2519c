"""mithaq reads Arabic news and keeps the record of what states agree, on whose word, grounded in the text."""

from mithaq.errors import DataError, InputError, MithaqError, RecordError
from mithaq.model import Attribution, Entity, Frequency, Provision, Quantity, Record, Report, Span, When
from mithaq.pipeline import read, read_report

__version__ = "0.1.0"
__all__ = [
    "Attribution",
    "DataError",
    "Entity",
    "Frequency",
    "InputError",
    "MithaqError",
    "Provision",
    "Quantity",
    "Record",
    "RecordError",
    "Report",
    "Span",
    "When",
    "read",
    "read_report",
]
