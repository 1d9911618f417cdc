"""The command line, read by typer: `app.run`."""
