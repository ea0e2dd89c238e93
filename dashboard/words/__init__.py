"""Numbers, periods and verdicts in English."""
