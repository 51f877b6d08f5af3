"""A site of one address for a real web server: a long answer that holds the only lane."""

import itertools
import os

from training.views import lanes

LANES = lanes.Lanes(1, patience=int(os.environ["TEST_PATIENCE"]), least=int(os.environ["TEST_LEAST"]))
LENGTH = 1 << 40


def application(environ, start_response):
    """200 with a terabyte to who gets the lane, 503 to others."""
    if not LANES.take():
        start_response("503 Service Unavailable", [])
        return [b""]
    start_response("200 OK", [("Content-Type", "video/webm"), ("Content-Length", str(LENGTH))])
    return lanes.Lane(LANES, itertools.repeat(bytes(65536)))
