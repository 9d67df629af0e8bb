"""`crosslight serve`: gunicorn with threads in one process, as SQLite's one writer wants it."""

from __future__ import annotations

import socket

import click
from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from crosslight.cli.support import PROBLEM, USAGE, Command, fail, start_django
from crosslight.config.environment import Mode, Surface, read_environment, use_surface

THREADS = 16


@click.command(cls=Command, epilog="Example: crosslight serve --surface contributor --port 8001")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--surface",
    type=click.Choice([surface.value for surface in Surface]),
    default=Surface.BOTH.value,
    show_default=True,
    help="Which doors this process holds.",
)
def serve(host: str, port: int, surface: str) -> None:
    """Serve the screens and the API."""
    use_surface(Surface(surface))
    environment = read_environment()
    if not (environment.keys / "secret_key").exists():
        raise fail(
            f"There is no data folder at {environment.data}. Run: crosslight init.", status=USAGE
        )
    if environment.mode is Mode.DEMO:
        raise fail("The practice world is served by: crosslight demo.", status=USAGE)
    check_port(host=host, port=port)
    run(host=host, port=port)


def check_port(*, host: str, port: int) -> None:
    """Told here in one line; gunicorn would try five times and print each."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail(
            f"{host} port {port} cannot be opened ({reason}); give another with --port.",
            status=PROBLEM,
        ) from error


def free_port(*, host: str, wanted: int) -> int:
    """`wanted`, or the next free one of the twenty after it."""
    for port in range(wanted, wanted + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex((host, port)) != 0:
                return port
    raise fail(f"Ports {wanted} to {wanted + 19} are all in use; give another with --port.")


def run(*, host: str, port: int) -> None:
    """Block until stopped. One worker: readers in threads, writers one after the other."""
    start_django()
    Server(bind=f"[{host}]:{port}" if ":" in host else f"{host}:{port}").run()


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    def __init__(self, *, bind: str) -> None:
        self.bind = bind
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": self.bind,
            "workers": 1,
            "threads": THREADS,
            "worker_class": "gthread",
            "timeout": 60,
            "graceful_timeout": 10,
            "accesslog": None,
            "loglevel": "warning",
            "limit_request_line": 4094,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        return import_app("crosslight.config.wsgi")
