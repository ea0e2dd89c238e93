"""Numbers, periods, changes and verdicts in English: one spelling of each."""
