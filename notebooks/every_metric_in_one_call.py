"""Every metric in one call each: the numbers of the pages and of `safecity show`."""

# %% [markdown]
# # Every metric in one call each
#
# Each cell asks for one answer, as the pages and `safecity show` do: the numbers are the same.
# Opens as a notebook in VS Code, or in Jupyter with jupytext; build the database first
# (`safecity build`).

# %%
import os
from pathlib import Path

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.analysis.contribution import contribution
from dashboard.analysis.control import control
from dashboard.analysis.exceptions import exceptions
from dashboard.analysis.projection import projection
from dashboard.analysis.ranking import ranking
from dashboard.analysis.status import status
from dashboard.analysis.survey_power import survey_power
from dashboard.analysis.trajectory import trajectory
from dashboard.analysis.trend import trend
from dashboard.analysis.what_if import what_if
from dashboard.analysis.worth_reporting import worth_reporting
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json
from dashboard.words.change import change_in_words, trend_in_words
from dashboard.words.places import place_in_words
from dashboard.words.survey import survey_power_in_words
from dashboard.words.targets import outlook_in_words
from etl.datadir import DataDir

warehouse = Warehouse(DataDir(Path(os.environ.get("SAFECITY_DATA_DIR", "data"))))
AS_AT = "2009-12"

# %% Change, with its test of chance
fallen = change(AreaView.of(warehouse, as_at=AS_AT), "all_crime", basis="ytd")
print(change_in_words(fallen.change))

# %% Recent trend: years that overlap, their overlap allowed for
print(trend_in_words(trend(AreaView.of(warehouse, as_at=AS_AT), "all_crime")))

# %% Control chart
print(as_json(control(AreaView.of(warehouse, as_at=AS_AT), "all_crime")).keys())

# %% A target from every side: path, range of chance, record, other targets
stretch = trajectory(
    AreaView.of(warehouse, as_at=AS_AT), "criminal_damage", target="criminal_damage_stretch"
)
print(outlook_in_words(stretch))
print(stretch.targets[["target_id", "status", "probability"]].to_string())

# %% Where it is heading, and the chance of the target
heading = projection(
    AreaView.of(warehouse, as_at=AS_AT), "criminal_damage", target="criminal_damage_stretch"
)
# No reward is expected of it: the goal is made up for the worked example.
print(heading.chance_met, heading.goal_is_given, heading.expected_reward_gbp)

# %% A survey's target: is it within reach of the survey's own error?
print(survey_power_in_words(survey_power(AreaView.of(warehouse), "ni_21")))

# %% Most Similar Group: the place, and how sure it is
place = ranking(AreaView.of(warehouse, as_at=AS_AT), "all_crime")
print(place_in_words(place.place), place.certainty.chance_top_three, place.certainty.chance_up)

# %% A target that is a place: its chance is in the verdict
rank = trajectory(AreaView.of(warehouse, as_at=AS_AT), "all_crime", target="all_crime_rank_2010_11")
print(rank.status.status, rank.status.probability, rank.status.probability_method)

# %% What makes up the change, and what if a part were as it was
print(as_json(contribution(AreaView.of(warehouse, as_at=AS_AT), "all_crime")).keys())
burglary = what_if(
    AreaView.of(warehouse, as_at=AS_AT), "all_crime", "dwelling_burglary", level_of="2008/09"
)
print(as_json(burglary).keys())

# %% What a meeting must look at, and the verdict on every target
listed = pd.DataFrame(as_json(exceptions(AreaView.of(warehouse, as_at=AS_AT)))["exceptions"])
print(listed[["indicator_id", "tier", "why"]].to_string())
print(status(AreaView.of(warehouse, as_at=AS_AT), every_target=True)["status"].value_counts())

# %% Which indicators are worth reporting
as_json(worth_reporting(AreaView.of(warehouse, as_at=AS_AT))).keys()
