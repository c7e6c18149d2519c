"""SVG, element by element.

Colours stand as attributes, so that a file that is taken away looks as it should; on a page the style sheet's rules on
the same classes come before them, and follow light and dark.
"""

from __future__ import annotations

from typing import Any, Literal
from xml.etree import ElementTree

from mithaq.export.text import one_line

FONT = "IBM Plex Sans Arabic"
COLOURS = {
    "paper": "#ffffff",
    "ink": "#1d2421",
    "quiet": "#55605b",
    "rule": "#d9d6cc",
    "wish": "#1c4f9c",
    "promise": "#8a5a00",
    "deed": "#0f6b3a",
    "stop": "#9c1c1c",
    "tie": "#0f5c57",
    "node": "#0f5c57",
}
Side = Literal["left", "middle", "right"]
_ANCHORS: dict[Side, str] = {"left": "start", "middle": "middle", "right": "end"}


class Svg:
    """A picture of *width* × *height* units that says what it shows in *title*."""

    def __init__(self, width: float, height: float, title: str, lang: str, links: bool) -> None:
        self._links = links
        self.root = ElementTree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_n(width)} {_n(height)}",
                "class": "drawn",
                # Labels set their own direction: places in a picture are left and right, whatever the page's is.
                "direction": "ltr",
                "font-family": FONT,
                "font-size": "14",
                "lang": lang,
                "role": "group",
                "aria-label": one_line(title),
            },
        )
        if not links:
            self.root.set("width", _n(width))
            self.root.set("height", _n(height))
            self.shape("rect", "paper", x=0, y=0, width=width, height=height)

    def shape(self, tag: str, colour: str, parent: ElementTree.Element | None = None, **attributes: Any) -> None:
        """A filled shape; with ``stroke_width`` it is drawn as a line of that colour."""
        element = ElementTree.SubElement(self.root if parent is None else parent, tag)
        line = "stroke_width" in attributes
        element.set("class", f"line-{colour}" if line else f"fill-{colour}")
        if line:
            element.set("stroke", COLOURS[colour])
            element.set("fill", "none")
        else:
            element.set("fill", COLOURS[colour])
        for name, value in attributes.items():
            element.set(name.replace("_", "-"), value if isinstance(value, str) else _n(value))

    def text(self, x: float, y: float, words: str, side: Side = "left", colour: str = "ink", size: float = 14) -> None:
        """Words that begin at, end at or stand around a place."""
        element = ElementTree.SubElement(self.root, "text")
        element.set("class", f"fill-{colour}")
        for name, number in (("x", x), ("y", y), ("font-size", size)):
            element.set(name, _n(number))
        element.set("fill", COLOURS[colour])
        element.set("text-anchor", _ANCHORS[side])
        # A rim in the paper's colour keeps words readable over lines.
        for name, value in (("stroke", COLOURS["paper"]), ("stroke-width", "3"), ("paint-order", "stroke")):
            element.set(name, value)
        element.text = one_line(words)

    def link(self, href: str, says: str) -> ElementTree.Element:
        """What stands in it leads to *href*, where the picture is part of a page; *says* is read out and shown."""
        element = ElementTree.SubElement(self.root, "a" if self._links else "g")
        if self._links:
            element.set("href", href)
            element.set("aria-label", one_line(says))
        ElementTree.SubElement(element, "title").text = one_line(says)
        return element

    def __str__(self) -> str:
        return ElementTree.tostring(self.root, encoding="unicode")


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
