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
@click.option("--of", "scenario", metavar="SCENARIO", help="Allow only the ids of this scenario.")
def command(kind: str, scenario: str | None) -> None:
    """Print the JSON Schema of the scenario format.

    An editor that knows it completes keys and marks mistakes as you type. Save it to a file and name that
    file in the editor's settings for YAML. With --of, it also completes the ids of that scenario's teams,
    objectives, injects, decisions, options and cards; print it again when you add some.
    """
    from tabletop.scenario.library import find_scenario
    from tabletop.scenario.linking import known_ids
    from tabletop.scenario.schemas import schema_text

    words = known_ids(find_scenario(scenario)) if scenario is not None else None
    click.echo(schema_text(kind, words), nl=False)
