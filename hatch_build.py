"""Puts every shipped ruleset into the wheel as the program wants it: read, validated and lowered (`hojo_cli/rules/prebuild.py`)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PrebuiltRulesets(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # a checkout reads its YAML each time, so that no edit of it goes unseen
            return
        self.folder = tempfile.TemporaryDirectory()
        # A process of its own, with the hash seed that makes the same bytes from the same rulesets.
        command = [sys.executable, "-m", "hojo_cli.rules.prebuild", self.folder.name]
        environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run(command, cwd=self.root, env=environment, check=True)
        for path in Path(self.folder.name).iterdir():
            build_data["force_include"][str(path)] = f"hojo_cli/shipped/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.folder.cleanup()
