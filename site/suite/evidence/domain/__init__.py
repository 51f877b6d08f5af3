"""What plugins do with evidence."""

from .doors import may_read as may_read
from .lifecycle import attach as attach
from .lifecycle import remove as remove
from .queries import evidence_of as evidence_of
from .queries import evidence_of_many as evidence_of_many
