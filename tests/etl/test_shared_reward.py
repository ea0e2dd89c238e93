"""A reward that two targets share is named by one of them."""

from __future__ import annotations

from etl.catalogue import Plan
from etl.catalogue.references import faults_of
from etl.catalogue.target import Target

TARGET = {"indicator": "all_crime", "kind": "stretch", "goal": "not_given", "paragraph": "1"}


def plan(shared_with: str) -> Plan:
    targets = [
        TARGET | {"id": "first", "reward_gbp": 550000},
        TARGET | {"id": "second", "reward_gbp": 550000, "reward_shared_with": shared_with},
    ]
    return Plan.model_construct(targets=[Target.model_validate(each) for each in targets])


def test_the_other_target_has_to_be_there_and_another() -> None:
    known = {"all_crime"}
    assert list(faults_of(plan("first"), known)) == []
    (fault,) = faults_of(plan("frist"), known)
    assert (fault.entry_id, fault.field, fault.value) == ("second", "reward_shared_with", "frist")
    assert "did you mean first?" in fault.what_to_do
    assert [each.value for each in faults_of(plan("second"), known)] == ["second"]
