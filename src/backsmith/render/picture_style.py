"""How a picture looks, by day and by night, and what its lines mean."""

STYLE = """
svg{--paper:#fbfbfa;--card:#fff;--head:#eef2fb;--rim:#d5d9e2;--ink:#1c2333;--soft:#6b7385;
--kind:#5c6680;--blue:#3157d5;--restrict:#8a93a6;--cascade:#cf4a2c;--set_null:#b07d12;
--links:#1f8a70;--person:#f1ecfb}
@media(prefers-color-scheme:dark){svg{--paper:#11141b;--card:#1a1f2a;--head:#232b3d;--rim:#343c4e;
--ink:#e8ebf2;--soft:#929bb0;--kind:#a3acc0;--blue:#8fa9ff;--restrict:#77819a;--cascade:#ff8a6b;
--set_null:#e3b65a;--links:#5fd0b3;--person:#2d2640}}
text{font-family:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,
sans-serif;font-size:13px;fill:var(--ink)}
.paper{fill:var(--paper)}
.name{font-size:21px;font-weight:700;letter-spacing:-.2px}
.about,.path,.legend text{fill:var(--soft)}
.about{font-size:13px}
.card{fill:var(--card)}
.head{fill:var(--head)}
.person .head{fill:var(--person)}
.rim{fill:none;stroke:var(--rim)}
.type{font-size:14px;font-weight:650}
.path{font-size:11.5px;text-anchor:end}
.kind{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;
font-size:11.5px;fill:var(--kind);text-anchor:end}
.points{fill:var(--blue)}
.unique{text-decoration:underline;text-decoration-color:var(--soft);text-underline-offset:3px}
.line{--line:var(--restrict)}
.cascade{--line:var(--cascade);fill:var(--cascade)}
.set_null{--line:var(--set_null);fill:var(--set_null)}
.links{--line:var(--links)}
.way,.mark,.ring{fill:none;stroke:var(--line);stroke-width:1.5;stroke-linecap:round}
.set_null .way{stroke-dasharray:5 4}
.ring{fill:var(--paper)}
.line:hover .way,.line:hover .mark{stroke-width:2.6}
.legend text{font-size:11.5px}
"""

_SIGNS = (
    ("restrict", "restrict: can't be deleted while pointed to", 268),
    ("cascade", "cascade: deleted with it", 172),
    ("set_null", "set null: emptied", 132),
    ("links", "many to many", 0),
)


def _legend() -> str:
    parts, x = [], 0
    for name, words, width in _SIGNS:
        way = f'<path class="way" d="M{x} -4h26"/>'
        parts.append(f'<g class="line {name}">{way}</g><text x="{x + 34}">{words}</text>')
        x += width + 34
    return "".join(parts)


LEGEND = _legend()
