"""How the time of a call grows with the length of a text, measured so that a busy machine does not decide a test."""

import gc
import time

TRIES = 5
ENOUGH = 0.3  # seconds: what ends within this has not grown out of bounds, whatever a short text took


def seconds(work, text):
    """Return the CPU time of one call."""
    gc.disable()
    try:
        start = time.process_time()
        work(text)
        return time.process_time() - start
    finally:
        gc.enable()


def assert_linear(work, short, long):
    """Fail if `work(long)` takes far more than its share: half-way to a square. What fails is measured again."""
    times = len(long) / len(short)
    seen = []
    for _ in range(TRIES):
        small, large = max(min(seconds(work, short) for _ in range(2)), 0.001), seconds(work, long)
        if large < ENOUGH or large < times**1.5 * small:
            return
        seen.append(round(large / small, 1))
    raise AssertionError(f"{times:.0f} times the text took {seen} times as long: {short[:20]!r}")
