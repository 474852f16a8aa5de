"""Pieces of the patterns for labels."""

from __future__ import annotations

from onrecord.stages.layout.stamps import STAMP

EM = r"(?:[*_]|'{2,3}|</?(?:b|strong|i|em|u)>)"
TAGS = r"(?:[biuc]|em|font|lang|ruby|rt|strong)\b"
COLON = "[:：∶꞉﹕]"
GENDERED = r"(?<=[a-zß]):(?=in(?:nen)?\b)"
"""A colon that is no mark but part of a German word (`Sprecher:in`)."""
_NAME = r"[A-Z][A-Za-z’'-]+"
TITLED = (
    r"(?:The (?:Chair(?:man|woman|person)?|Clerk|President|Speaker|Presiding Officer|Reporter|Court)"
    r"|(?:Vice |Madam )?(?:Mr\.|Mrs\.|Ms\.|Dr\.|Miss|Senator|Chair(?:man|woman|person)?|Representative"
    r"|Congress(?:man|woman)|Commissioner|Secretary|Director|Judge|Justice|Governor|General|Admiral|Ambassador|Professor|President"
    r"|Captain|Colonel|Major|Lieutenant|Sergeant|Commander|Sheriff|Mayor|Chief|Reverend|Father|Sister|Bishop|Rabbi"
    r"|Minister|Delegate|Council(?:or|lor|man|woman|member)|Superintendent|Inspector|Officer|Attorney General)"
    rf" {_NAME}(?: (?:{_NAME}|de|la|von|van|der|del)){{0,3}})"
)
"""A person with a title in mixed case: the only names that a point may set off as label."""
TITLED_ROMANCE = (
    r"(?:MM?\.|Mmes?|Mlle|Sra?\.|El señor|La señora|O Sr\.|A Sra\.) "
    r"(?:l[ea] |l['’])?[^\W\d_][\w’'-]*(?:[ -][^\W\d_][\w’'-]*){0,4}(?:, [^.,:\n]{1,60})?"
)
CAPITALS = (
    r"[^\W\d_a-z][^\W\d_a-z’'-]{2,19}(?:[ ][^\W\d_a-z][^\W\d_a-z.’'-]{0,19}){0,4}"
    r"(?:[ ]\([^()\n]{1,60}\))?(?:, [^.,:\n]{3,80})?"
)
"""A name in capitals with its group or office, as plays and protocols print it (`ADA LIND, Minister.`)."""
INITIALLED = r"[А-ЯЁІЇЄҐ][\w’'-]{1,30}[ \u00a0](?:[А-ЯЁІЇЄҐ]\.[ \u00a0]?){1,2}(?<=\.)"
"""A surname and initials (`Лунин С. П.`), as protocols of Cyrillic languages print it: the last point is its own."""
AFTER_LABEL = r"[ \t\u00a0\-–—,|\\\[(<{~≈\dTtYy:：∶꞉﹕]"
"""What a time or a colon can begin with: asked first, since a label ends in one place and goes on in most."""
AFTER = rf"(?:[ \t\u00a0]*(?P<t3>{STAMP})(?=\s|$))?"
"""A time that may stand after the mark."""
