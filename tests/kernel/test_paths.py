from bihuan.kernel.paths import ancestors, is_within, path_upper_bound


def test_given_a_path_when_bounded_then_its_subtree_and_nothing_else_lies_between() -> None:
    bound = path_upper_bound("/32/04/")

    inside = [path for path in ["/32/04/", "/32/04/13/", "/32/040/", "/32/05/", "/32/"] if "/32/04/" <= path < bound]

    assert inside == ["/32/04/", "/32/04/13/"]


def test_given_a_village_when_its_ancestors_are_asked_then_each_level_comes_from_the_top() -> None:
    assert ancestors("/32/04/13/") == ["/32/", "/32/04/", "/32/04/13/"]
    assert is_within("/32/04/13/", "/32/04/")
    assert not is_within("/32/04/13/", "")
