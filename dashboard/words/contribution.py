"""What makes up a change, and what if: in sentences and as a chart."""

from __future__ import annotations

from dashboard.analysis.contribution import AREA, MONTH, TYPE, ContributionAnswer
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.waterfall import waterfall
from dashboard.charts.wording import number_text
from dashboard.words.levels import capital, in_period, joined, lowered
from dashboard.words.reasons import reason_in_words

NAMED = 2
"""Parts that the finding names."""
_PARTS = {TYPE: "crime types", AREA: "areas", MONTH: "months"}


def waterfall_chart(answer: ContributionAnswer, *, source: str) -> Chart | None:
    """Draw the parts of a change.

    Args:
        answer: Of `dashboard.analysis.contribution`.
        source: The line of `dashboard.words.sources`.

    Returns:
        None where the change is not known, or no part's is.
    """
    if answer.change.number is None or answer.parts["change"].isna().all():
        return None
    change = answer.change
    return waterfall(
        answer.parts,
        answer.title,
        change.percent,
        caption=Caption(
            title=finding(answer),
            subtitle=f"Change in number, and in percentage points of the change of "
            f"{lowered(answer.title)}, by {_PARTS[answer.way]}, {answer.area_name}, "
            f"{change.current_label} on {change.previous_label}. {_remainder(answer)}",
            source=source,
            illustrative=answer.illustrative,
        ),
    )


def finding(answer: ContributionAnswer) -> str:
    """Return the change and the parts that went furthest its way, in one sentence.

    Such as "All crime fell by 2,783 in April to December 2009: criminal damage and arson (−778) and
    theft from a motor vehicle (−712) fell most".
    """
    change = answer.change
    if change.number is None:
        return f"{answer.title} is not compared: {reason_in_words(change.not_comparable)}"
    when = in_period(change.current_label)
    if change.number == 0:
        return f"{answer.title} did not change {when}"
    verb = "fell" if change.number < 0 else "rose"
    text = f"{answer.title} {verb} by {number_text(abs(change.number))} {when}"
    most = led_by(answer)
    return f"{text}: {most}" if most else text


def led_by(answer: ContributionAnswer, named: int = NAMED) -> str:
    """Return the parts that went furthest the way of the whole, so many; "" for none.

    Such as "criminal damage and arson (−778) and theft from a motor vehicle (−712) fell most".
    """
    change = answer.change
    if not change.number:
        return ""
    known = answer.parts[answer.parts["change"].notna() & ~answer.parts["is_remainder"]]
    same_way = known[known["change"].lt(0) if change.number < 0 else known["change"].gt(0)]
    leading = same_way.reindex(same_way["change"].abs().sort_values(ascending=False).index)
    first = leading.head(named)
    names = [
        # Months and places keep their capital; titles of crimes are common nouns.
        f"{lowered(name) if answer.way == TYPE else name} ({number_text(number, 'change')})"
        for name, number in zip(first["part"], first["change"], strict=True)
    ]
    verb = "fell" if change.number < 0 else "rose"
    return f"{joined(names)} {verb} most" if names else ""


def rate_sentence(answer: ContributionAnswer) -> str:
    """Return what count and population did to the rate; "" where no population changed.

    Such as "Per 1,000 residents it fell from 98.1 to 86.0: −11.8 because of the count, −0.2
    because the population changed".
    """
    rate = answer.rate
    if rate is None or rate["previous_denominator"] == rate["current_denominator"]:
        return ""
    by_count, by_population = (
        number_text(rate[part], "change", places=1)
        for part in ("by_the_count", "by_the_population")
    )
    verb = "fell" if rate["current"] < rate["previous"] else "rose"
    before, now = (number_text(rate[when], places=1) for when in ("previous", "current"))
    return (
        f"Per {number_text(rate['per'])} it {verb} from {before} to {now}: "
        f"{by_count} because of the count, {by_population} because the population changed."
    )


def _remainder(answer: ContributionAnswer) -> str:
    missing = f"No figures: {joined(list(answer.missing))}." if answer.missing else ""
    rest = answer.parts[answer.parts["is_remainder"]]
    if rest.empty:
        return f"The {_PARTS[answer.way]} add up to the whole. {missing}".strip()
    left = number_text(rest["change"].iloc[0], "change")
    return capital(f"{left} is in none of those with figures. {missing}".strip())
