"""What features call: `queue` an order, `held` in what ends it, `TurnIsOver` where it ends underway."""

from .lifecycle import held, queue
from .turn import Turn, TurnIsOver

__all__ = ["Turn", "TurnIsOver", "held", "queue"]
