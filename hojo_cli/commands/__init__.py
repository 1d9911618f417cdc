"""One verb a file: `run(...) -> Report`. A command's module is imported when it runs."""
