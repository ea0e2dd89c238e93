"""Charts: a frame in, a `Chart` out; one file a kind of chart.

A chart is drawn in the light palette of `theme`; whoever shows it calls `theme.for_background`
with the reader's background. Words around the figure (title, subtitle, source) are the page's to
show, so that they wrap on a phone.
"""
