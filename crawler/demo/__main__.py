"""`python -m crawler.demo`: serve the portals on ports that stay the same, until interrupted."""

from __future__ import annotations

import sys
import threading

from crawler.demo.server import DemoServer

PORTS = (8801, 8802, 8803)


def main() -> None:
    """Serve."""
    try:
        _serve()
    except KeyboardInterrupt:
        return
    except OSError as fault:
        ports = ", ".join(map(str, PORTS))
        sys.exit(f"the ports {ports} must be free: stop what listens there ({fault})")


def _serve() -> None:
    with DemoServer(ports=PORTS) as demo:
        for source_id, site in demo.sites.items():
            print(f"{source_id}  {site}", flush=True)  # noqa: T201 - what it is started for
        threading.Event().wait()


if __name__ == "__main__":
    main()
