"""All crime against its target: the numbers of the Overview, asked for as the pages ask."""

# %% [markdown]
# # All crime against its target
#
# The numbers of the Overview, asked for as the pages ask for them. Opens as a notebook in VS Code,
# or in Jupyter with jupytext; build the database first (`safecity build`).

# %%
import os
from pathlib import Path

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.analysis.ranking import ranking
from dashboard.analysis.trajectory import trajectory
from dashboard.store.warehouse import Warehouse
from dashboard.words.change import change_in_words
from dashboard.words.places import place_in_words
from dashboard.words.targets import needed_in_words
from etl.datadir import DataDir

warehouse = Warehouse(DataDir(Path(os.environ.get("SAFECITY_DATA_DIR", "data"))))

# %% How much has it changed, on every basis?
for basis in ("month", "quarter", "ytd", "rolling_year", "baseline"):
    answer = change(AreaView.of(warehouse, as_at="2009-12"), "all_crime", basis=basis)
    print(f"{basis:>12}: {change_in_words(answer.change)}")

# %% Is it on its path, and what is needed from here?
path = trajectory(AreaView.of(warehouse, as_at="2009-12"), "all_crime").trajectory
print(f"{path.actual_now.value:,.0f} in the last year; the path asks for {path.path_now:,.0f}.")
print(needed_in_words(path.needed))

# %% How does the city compare?
place = ranking(AreaView.of(warehouse, as_at="2009-12"), "all_crime")
print(place_in_words(place.place), "for", place.period)
place.members[["rank", "area_name", "value", "lower", "upper"]].round(1)
