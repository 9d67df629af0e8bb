"""`crosslight openapi`: the machine-readable description of the API."""

from __future__ import annotations

import click

from crosslight.cli.support import Command, print_json, start_django


@click.command(cls=Command, epilog="Example: crosslight openapi > openapi.json")
def openapi() -> None:
    """Print the OpenAPI 3.1 description of /api/v1."""
    start_django()
    from crosslight.api.v1 import whole_api

    print_json(whole_api().get_openapi_schema(path_prefix="/api/v1/"))
