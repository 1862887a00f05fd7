"""The whole suite where there is no way out, with a count of what looked for one: it must be nothing.

``python tests/sealed.py [arguments of pytest]`` (``make sealed``) needs Linux, root, ``unshare`` and ``ip``. In a
network namespace of its own this machine is all there is; the kernel counts every packet that was meant for anywhere
else (``OutNoRoutes``: RFC 2011 and RFC 4293). One address is given to the machine itself: Chromium opens a socket
towards it to learn whether there is IPv6, and sends nothing; what is sent there is counted too (``Udp6NoPorts``).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROBED = "2001:4860:4860::8888"
ALONE = f'ip link set lo up && {{ ip -6 addr add {PROBED}/128 dev lo nodad || true; }} && exec "$0" "$@"'
SEALED = ["unshare", "--net", "--", "sh", "-c", ALONE]


QUIET = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
"""For Chromium, which else looks for its maker's names."""


def left() -> int:
    """How many packets were meant to leave the machine, in this namespace and so far."""
    heads, values = (line.split() for line in Path("/proc/net/snmp").read_text().splitlines() if line[:3] == "Ip:")
    six = dict(line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    return (
        int(dict(zip(heads, values, strict=True))["OutNoRoutes"])
        + int(six.get("Ip6OutNoRoutes", 0))
        + int(six.get("Udp6NoPorts", 0))
    )


def main() -> int:
    """Run pytest in there and say how many packets were meant to leave; 1 where any were, else what pytest says."""
    if sys.argv[1:2] != ["--inside"]:
        return subprocess.run([*SEALED, sys.executable, __file__, "--inside", *sys.argv[1:]]).returncode
    ran = subprocess.run([sys.executable, "-m", "pytest", *sys.argv[2:]])
    print(f"{left()} packets were meant to leave the machine.")
    return 1 if left() else ran.returncode


if __name__ == "__main__":
    sys.exit(main())
