import pytest

from app.tests.test_dev.places import folder_for_servers
from dev.account import servers_account
from dev.place import place_for
from dev.reset import reset
from dev.services import LocalServices
from dev.trouble import Trouble

ELSEWHERE = "postgresql://nobody@127.0.0.1:1/elsewhere"


def test_data_are_deleted_but_never_while_servers_use_them() -> None:
    with folder_for_servers() as folder:
        place = place_for(folder, servers_account())
        with LocalServices(folder, durable=False, database_url=ELSEWHERE):
            with pytest.raises(Trouble, match="in use"):
                reset(folder)
            assert (place / "valkey" / "data").exists()
            (folder / "mail").mkdir()

        reset(folder)

        assert not (place / "valkey").exists()
        assert not (folder / "mail").exists()


def test_where_there_are_no_data_nothing_is_deleted() -> None:
    with folder_for_servers() as folder:
        (folder / "mine").touch()

        reset(folder)

        assert (folder / "mine").exists()
