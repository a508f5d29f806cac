"""What is switched off to see tests fail is still in the code, once, and its tests are there."""

import pytest

from tests.switching_off import ROOT, Mechanism, Seen, mechanisms, written

EACH = [pytest.param(one, id=one.promise) for one in mechanisms()]


@pytest.mark.parametrize("one", EACH)
def test_a_mechanism_is_where_the_table_says(one: Mechanism):
    assert one.off(ROOT) != (ROOT / one.file).read_text()
    assert [test for test in one.tests if not (ROOT / test).exists()] == []


def test_no_promise_is_said_twice():
    promises = [one.promise for one in mechanisms()]
    assert len(promises) == len(set(promises))


def test_a_table_that_is_out_of_date_says_so():
    one = Mechanism("a promise", "touchbase/vault/erasing.py", "nothing of it", "", (), "")
    with pytest.raises(LookupError, match="a promise: 0 places"):
        one.off(ROOT)


def test_of_each_one_it_is_noted_that_something_failed_without_it():
    noted = {promise: line for promise, line in written().items() if promise != "promise"}
    assert set(noted) == {one.promise for one in mechanisms()}
    assert [line for line in noted.values() if Seen.NOTICED.value not in line] == []
