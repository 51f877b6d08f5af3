"""A site of one address for a real web server: a long answer that holds the only lane."""

import itertools
import os
import threading

from training.views import lanes

LANE = threading.BoundedSemaphore(1)
PATIENCE = int(os.environ.get("TEST_PATIENCE", "0"))


def application(environ, start_response):
    """200 with bytes without end to who gets the lane, 503 to others."""
    if PATIENCE:
        lanes.cut_dead_lines(PATIENCE)
    if not LANE.acquire(blocking=False):
        start_response("503 Service Unavailable", [])
        return [b""]
    start_response("200 OK", [("Content-Type", "video/webm")])
    return lanes.Lane(LANE, itertools.repeat(bytes(65536)))
