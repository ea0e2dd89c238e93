"""Control charts: limits, rules, seasonal adjustment, breaks in level, rare events, and words."""
