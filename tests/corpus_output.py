"""What a run over a corpus has made, to be compared with what another run makes."""

import json


def outputs(folder):
    """Return every file in a folder by name; of `stats.json` all but the seconds, which no two runs share."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    stats = json.loads(found["stats.json"])
    assert set(stats.pop("seconds")) > {"reading", "writing"}
    return {**found, "stats.json": stats}
