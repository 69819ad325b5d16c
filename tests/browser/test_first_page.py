"""The first thing a newcomer sees."""

from tests.browser.conftest import Visit
from tests.servers import Running


def test_given_a_stranger_when_the_first_page_is_opened_then_it_answers_in_chinese(town: Running, visit: Visit) -> None:
    page = visit()

    answer = page.goto(town.url)

    assert answer is not None
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
