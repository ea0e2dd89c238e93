"""A name is filled in where it is known, and what is being typed is left alone."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def two_forms() -> None:
    from dashboard.ui.writer import ask_name  # noqa: PLC0415 - a script of its own

    ask_name("one")
    ask_name("other")


def test_a_name_given_in_one_form_is_in_the_other() -> None:
    page = AppTest.from_function(two_forms).run()
    page.text_input(key="one").set_value("Ann").run()
    page.run()
    assert [each.value for each in page.text_input] == ["Ann", "Ann"]


def test_a_blank_field_is_not_set_when_the_page_is_drawn_again() -> None:
    """The browser puts what a script sets in the place of a name typed since."""
    page = AppTest.from_function(two_forms).run()
    page.run()
    assert not any(each.proto.set_value for each in page.text_input)
