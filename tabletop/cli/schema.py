"""`tabletop schema`: print the JSON Schema of the scenario format."""

from __future__ import annotations

import click


@click.command("schema")
@click.option(
    "--for",
    "kind",
    type=click.Choice(["scenario", "framework", "injects"]),
    default="scenario",
    show_default=True,
    help="The kind of file.",
)
def command(kind: str) -> None:
    """Print the JSON Schema of the scenario format.

    An editor that knows it completes keys and marks mistakes as you type. Save it to a file and name that
    file in the editor's settings for YAML.
    """
    from tabletop.scenario.schemas import schema_text

    click.echo(schema_text(kind), nl=False)
