"""Tell which of the given packages have known vulnerabilities, with pip-audit; fail only if one has.

usage: python tools/audit_dependencies.py REQUIREMENTS   (a file of pinned versions, one `name==version` a line)

What cannot be found out is told and is no failure: a service that cannot be reached, a package that it does not know.
What PyPI's own service leaves open is asked of OSV.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

SERVICES = ("pypi", "osv")
_UNREACHABLE = re.compile(r"requests\.exceptions\.\w+|ConnectionError|could not connect|timed out", re.IGNORECASE)
_PIN = re.compile(r"([A-Za-z0-9._-]+)==\S+")


@dataclass
class Findings:
    """What the services say: packages without and with known vulnerabilities, and why others are not known."""

    sound: set[str] = field(default_factory=set)
    vulnerable: dict[str, list[str]] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)


class AuditFailedError(Exception):
    """pip-audit gave no answer, and not because a service was out of reach."""


def read_answer(names: list[str], stdout: str, stderr: str) -> Findings:
    """Return what one run of pip-audit says about the packages `names`."""
    found = Findings()
    try:
        dependencies = json.loads(stdout)["dependencies"]
    except (ValueError, KeyError) as error:
        if not _UNREACHABLE.search(stderr):
            raise AuditFailedError(stderr or stdout) from error
        found.unknown = dict.fromkeys(names, "the service cannot be reached")
        return found
    for dependency in dependencies:
        name = dependency["name"]
        if reason := dependency.get("skip_reason"):
            found.unknown[name] = "the service does not know it" if "not found" in reason else reason
        elif dependency["vulns"]:
            found.vulnerable[name] = [vulnerability["id"] for vulnerability in dependency["vulns"]]
        else:
            found.sound.add(name)
    return found


def audit(requirements: list[str]) -> Findings:
    """Ask the services in turn; the next one is asked only what the one before could not tell."""
    found = Findings()
    for service in SERVICES:
        left = [line for line in requirements if line.partition("==")[0] not in found.sound | found.vulnerable.keys()]
        if not left:
            break
        command = [sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--format=json", "--no-deps"]
        command += ["--disable-pip", f"--vulnerability-service={service}", "--requirement=/dev/stdin"]
        done = subprocess.run(command, input="\n".join(left), capture_output=True, text=True, check=False)  # noqa: S603
        answer = read_answer([line.partition("==")[0] for line in left], done.stdout, done.stderr)
        found.sound |= answer.sound
        found.vulnerable |= answer.vulnerable
        found.unknown = answer.unknown
    return found


def report(found: Findings) -> str:
    """Return the findings as lines for people."""
    known = len(found.sound) + len(found.vulnerable)
    lines = [f"{known} of {known + len(found.unknown)} packages audited, {len(found.vulnerable)} vulnerable"]
    lines += [f"VULNERABLE {name}: {', '.join(ids)}" for name, ids in sorted(found.vulnerable.items())]
    reasons = sorted(set(found.unknown.values()))
    lines += [
        f"not audited, {why}: {' '.join(n for n, r in sorted(found.unknown.items()) if r == why)}" for why in reasons
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    pinned = [match[0] for match in map(_PIN.match, Path(sys.argv[1]).read_text("utf-8").splitlines()) if match]
    result = audit(pinned)
    print(report(result))
    sys.exit(bool(result.vulnerable))
