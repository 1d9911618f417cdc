"""The derivation alone, as a tree; a page without one is drawn as it is."""

from hojo_cli.formats.drawing.screen import Screen
from hojo_cli.formats.drawing.terminal import draw
from hojo_cli.results.report import Answer, Block, Bullets, Heading, Outline, Report


def render(report: Report, screen: Screen) -> str:
    """Titles, trees and the list of sources their numbers point to; above them, how two answers compare."""
    titled = [number for number, block in enumerate(report.page) if isinstance(block, Answer) and block.level == 1]
    first = titled[0] if titled else 0
    blocks: list[Block] = [*report.page[:first]]
    for block in report.page[first:]:
        match block:
            case Answer(title, _, 1):
                blocks.append(Heading(title, 1))
            case Heading(_, 1) | Outline() | Bullets(_, "[1]"):
                blocks.append(block)
    has_tree = any(isinstance(block, Outline) for block in blocks)
    return draw(blocks if has_tree else report.page, screen)
