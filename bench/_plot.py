"""A bar chart as SVG, in a few lines: figures with a scale, readable on light and dark pages."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

_LEFT, _WIDTH, _ROW = 190, 400, 26


def bars(target: Path, title: str, values: Mapping[str, float]) -> None:
    """Write a horizontal bar for each value; the longest fills the width."""
    most = max(values.values())
    height = _ROW * (len(values) + 2)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="680" height="{height}" fill="#fff"/>',
        f'<text x="10" y="20" font-weight="bold">{escape(title)}</text>',
    ]
    for row, (name, value) in enumerate(values.items(), 1):
        y, width = row * _ROW + 12, max(1.0, value / most * _WIDTH)
        lines += [
            f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="18" fill="#2a6f97"/>',
            f'<text x="{_LEFT + width + 6:.1f}" y="{y + 14}">{value:.3g}</text>',
        ]
    target.write_text("\n".join([*lines, "</svg>"]) + "\n", encoding="utf-8")
