from __future__ import annotations

import json
from pathlib import Path

from crosslight.core.matching import Attribute, Record
from crosslight.exchange.tables import (
    BadRow,
    Reading,
    RejectCode,
    identified_rows,
    map_columns,
    open_table,
    record_of,
)
from tests.exchange.tables.reading import written


def records(path: Path, **options: str) -> list[Record | BadRow]:
    table = open_table(path)
    mapping = map_columns(table, id_column="id", overrides={})
    reading = Reading(id_column="id", mapping=mapping, **options)
    return [
        row if isinstance(row, BadRow) else record_of(row, reading, is_entity=table.is_entities)
        for row in identified_rows(table, reading)
    ]


def test_puts_parts_of_names_and_lines_of_addresses_together(tmp_path: Path) -> None:
    content = "id,surname,first_name,number,street,zip,phone1,phone2\n"
    content = content.replace("number", "house_number")
    content += "1,Sarr,Awa,12,Port Road,AB1,+44 7700 900001,+44 7700 900002\n"
    (record,) = records(written(tmp_path, content))
    assert isinstance(record, Record)
    assert record.values == {
        Attribute.NAME: ("Awa Sarr",),
        Attribute.ADDRESS: ("12 Port Road", "AB1"),
        Attribute.PHONE: ("+44 7700 900001", "+44 7700 900002"),
    }
    assert record.schema == "Person"


def test_a_full_name_goes_before_its_parts(tmp_path: Path) -> None:
    content = "id,full_name,surname\n1,Awa Sarr,Sarr\n2,,Ebo\n"
    found = records(written(tmp_path, content))
    assert [item.values[Attribute.NAME] for item in found if isinstance(item, Record)] == [
        ("Awa Sarr",),
        ("Ebo",),
    ]


def test_country_and_schema_may_stand_in_the_row(tmp_path: Path) -> None:
    content = "id,name,country,schema\n1,Awa,sn,person\n2,Port Ltd,Senegal,Company\n"
    first, second = records(written(tmp_path, content), country="GB")
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.country, first.schema) == ("SN", "Person")
    assert (second.country, second.schema) == ("GB", "Company")


def test_names_rows_without_id_with_one_twice_or_with_nothing(tmp_path: Path) -> None:
    content = "id,name,remarks\n1,Awa,\n,Ebo,\n1,Efua,\n3,,seen\n3,Yaw,\n"
    found = records(written(tmp_path, content))
    assert [item.id for item in found if isinstance(item, Record)] == ["1", "3"]
    assert [(item.number, item.code) for item in found if isinstance(item, BadRow)] == [
        (3, RejectCode.MISSING_ID),
        (4, RejectCode.DUPLICATE_ID),
        (5, RejectCode.NOTHING_TO_COMPARE),
    ]


def test_reads_entities_by_their_properties(tmp_path: Path) -> None:
    entity = {
        "id": "e1",
        "schema": "Person",
        "properties": {"firstName": ["Awa"], "lastName": ["Sarr"], "birthDate": ["1987-03-14"]},
    }
    path = written(tmp_path, json.dumps(entity) + "\n", name="entities.jsonl")
    (record,) = records(path)
    assert isinstance(record, Record)
    assert record.values == {
        Attribute.NAME: ("Awa Sarr",),
        Attribute.BIRTH_DATE: ("1987-03-14",),
    }
