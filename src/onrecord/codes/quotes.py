"""Codes about quotations and quotation marks."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = (
    Code(
        "unbalanced-quotation-mark",
        "warning",
        "A quotation mark has no partner.",
        "Either the quotation is taken to run to the end of its paragraph, or the mark quotes nothing: a guess.",
        "Add the missing mark at the source, or correct the quotation's content in the sidecar.",
    ),
    Code(
        "quotation-marks-unaccounted",
        "error",
        "A pair of quotation marks belongs to no quotation.",
        "Every pair of marks quotes somebody or mentions something; one that does neither was overlooked.",
        "Add a quotation of kind `mention` if the marks quote nobody.",
    ),
    Code(
        "quotation-cuts-marks",
        "error",
        "A quotation starts or ends inside a pair of quotation marks that it does not hold.",
        "Content that cuts through a pair gives one voice the words of another.",
        "Let the content hold the whole pair, or only what stands between its marks.",
    ),
    Code(
        "quote-without-echo",
        "note",
        "A quotation in the headline is said nowhere in the interview.",
        "A pull quote should repeat what was said; one without an echo may be shortened, translated or made up.",
        "Compare it with the answers; nothing is wrong if the outlet says that it was shortened.",
    ),
    Code(
        "quote-altered",
        "note",
        "A quotation in the headline differs from what was said.",
        "Who cites the headline cites words that were not said.",
        "Cite the echo instead; the words that differ are in the record.",
    ),
)
