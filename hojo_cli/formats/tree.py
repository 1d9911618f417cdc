"""The derivation alone, as a tree; a page without one is drawn as it is."""

from hojo_cli.drawing.blocks import Pen, draw
from hojo_cli.formats import Screen
from hojo_cli.report import Block, Bullets, Heading, Outline, Report


def render(report: Report, screen: Screen) -> str:
    """Titles, trees and the list of sources their numbers point to."""
    found = [block for block in report.page if _belongs(block)]
    has_tree = any(isinstance(block, Outline) for block in found)
    return draw(found if has_tree else report.page, Pen(screen.width, screen.color, screen.lang, screen.ambiguous))


def _belongs(block: Block) -> bool:
    if isinstance(block, Heading):
        return block.level == 1
    return isinstance(block, Outline) or (isinstance(block, Bullets) and block.mark == "[1]")
