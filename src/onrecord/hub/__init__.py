"""The Hub: a release goes there as it is, under a tag, and comes back to be loaded or verified.

    plan("processed", "org/name")                     what publishing would add, change and remove; nothing is sent
    publish("processed", "org/name")                  one commit that holds the folder and nothing else, and a tag on it
    fetch(address_of("org/name@v1.2.0"))              a local folder with the files of that revision

Credentials are those of `huggingface_hub` (its login, `HF_TOKEN`, or a trusted publisher's identity); they are never
asked for, stored or printed here.
"""

from __future__ import annotations

from onrecord.hub.client import Address, Unavailable, address_of, fetch
from onrecord.hub.publishing import Plan, plan, publish

__all__ = ["Address", "Plan", "Unavailable", "address_of", "fetch", "plan", "publish"]
