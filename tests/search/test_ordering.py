"""What counts now comes before what it replaced; all else stays where the index ranked it."""

import pytest

from search.ordering import successors_first


@pytest.mark.parametrize(
    ("ranked", "after", "ordered"),
    [
        ([1, 2, 3], {}, [1, 2, 3]),
        ([1, 2, 3], {1: 3}, [3, 1, 2]),
        ([1, 2, 3], {3: 1}, [1, 2, 3]),
        ([1, 2, 3], {1: 9, 8: 2}, [1, 2, 3]),
        ([1, 2, 3], {1: 2, 2: 3}, [3, 2, 1]),
        ([1, 2, 3], {1: 2, 2: 1}, [2, 1, 3]),
        ([1, 2, 3], {1: 1}, [1, 2, 3]),
        ([4, 1, 2, 3], {1: 3, 2: 3}, [4, 3, 1, 2]),
        ([], {1: 2}, []),
    ],
)
def test_a_successor_is_raised_to_just_before_what_it_replaced(ranked, after, ordered):
    assert successors_first(ranked, after) == ordered
