"""The script that draws a page.

It stands in a folder of its own: beside `dashboard/pages` Streamlit would take every file there
for a page, and an address that names one would open blank until somebody has opened the first.
"""

from dashboard.app import main

main()
