from __future__ import annotations

from pathlib import Path

import pytest

from crosslight.exchange.tables import (
    Target,
    UnusableInput,
    find_id_column,
    guess_columns,
    map_columns,
    open_table,
    parse_overrides,
)
from crosslight.exchange.tables.columns import guess_target
from tests.exchange.tables.reading import written


@pytest.mark.parametrize(
    ("column", "target"),
    [
        ("Full Name", Target.NAME),
        ("NOM_COMPLET", Target.NAME),
        ("Prénom(s)", None),
        ("Prénom", Target.GIVEN_NAME),
        ("givenName", Target.GIVEN_NAME),
        ("Apellidos", Target.SURNAME),
        ("date of birth", Target.BIRTH_DATE),
        ("Né(e) le", None),
        ("Date de naissance", Target.BIRTH_DATE),
        ("DOB", Target.BIRTH_DATE),
        ("Lugar de nacimiento", Target.BIRTH_PLACE),
        ("Téléphone", Target.PHONE),
        ("phone_2", Target.PHONE),
        ("phone2", Target.PHONE),
        ("Teléfono", Target.PHONE),
        ("E-mail", Target.EMAIL),
        ("passport no.", Target.DOCUMENT),
        ("IBAN", Target.ACCOUNT),
        ("Immatriculation", Target.PLATE),
        ("gender", Target.SEX),
        ("Nationalité", Target.NATIONALITY),
        ("postcode_fake", Target.POSTCODE),
        ("first_and_surname", None),
        ("remarks", None),
        ("", None),
    ],
)
def test_guesses_a_column_by_its_name(column: str, target: Target | None) -> None:
    assert guess_target(column) is target


def test_one_part_of_a_name_alone_is_the_whole_name() -> None:
    assert guess_columns(["id", "nom"], id_column="id") == {"nom": Target.NAME}
    assert guess_columns(["nom", "prénom"], id_column="id") == {
        "nom": Target.SURNAME,
        "prénom": Target.GIVEN_NAME,
    }


def test_overrides_change_add_and_leave_out(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "id,name,who,tel=x\n1,Awa,Ebo,\n"))
    overrides = parse_overrides(["name=-", "who=name", "tel=x=phone"])
    assert map_columns(table, id_column="id", overrides=overrides) == {
        "who": Target.NAME,
        "tel=x": Target.PHONE,
    }


@pytest.mark.parametrize("entry", ["name", "=name", "name=colour"])
def test_refuses_overrides_that_say_nothing(entry: str) -> None:
    with pytest.raises(UnusableInput):
        parse_overrides([entry])


@pytest.mark.parametrize(
    ("content", "said"), [("key,name\n1,Awa\n", "no column 'id'"), ("1,Awa\n2,Ebo\n", "no header")]
)
def test_refuses_tables_without_the_id_column(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        find_id_column(open_table(written(tmp_path, content)), wanted="id")


def test_finds_the_id_column_whatever_its_case(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "ID,name\n1,Awa\n"))
    assert find_id_column(table, wanted="id") == "ID"
    twofold = open_table(written(tmp_path, "ID,Id,name\n1,2,Awa\n"))
    with pytest.raises(UnusableInput, match="no column 'id'"):
        find_id_column(twofold, wanted="id")


def test_refuses_tables_with_nothing_to_compare(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "id,colour,country\n1,red,SN\n"))
    with pytest.raises(UnusableInput, match="No column"):
        map_columns(table, id_column="id", overrides={})
