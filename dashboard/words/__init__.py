"""Numbers, periods, changes and verdicts in English, and charts with what is said of them."""
