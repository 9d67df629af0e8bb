"""Names of which one syllable makes another name, in characters, pinyin, dialects and signs."""

from __future__ import annotations

import re

import pytest

from crosslight.core.names import Relation, parse, relation_of, score
from crosslight.core.names.characters import characters
from crosslight.core.names.packaged import compiled_characters
from crosslight.core.names.romanisation import FILE, load, read_characters
from crosslight.core.names.vietnamese import signed_form

_SAME = 0.5
_HAN = re.compile("[\u3400-\u9fff]{1,2}")


def _texts(name):
    return [item.text for item in parse(name).tokens]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Pan Xiu Lan", ["pan", "xiulan"]),
        ("Xiu Lan PAN", ["pan", "xiulan"]),
        ("Xiao Yan Chen", ["chen", "xiaoyan"]),
        ("Wong, Mei Ling", ["wong", "meiling"]),
        ("Mr Wong Mei-ling", ["wong", "meiling"]),
        ("Mary Wong Mei Ling", ["mary", "wong", "meiling"]),
        ("Au Yeung Mei Ling", ["auyeung", "meiling"]),
        ("Chan Wong Mei Ling", ["chan", "wong", "meiling"]),
        ("Chan-Wong Mei Ling", ["chan", "wong", "meiling"]),
        ("欧阳美玲", ["欧阳", "美玲"]),
        ("陳李美玲", ["陈", "李", "美玲"]),
        ("黃美玲 (Huang Meiling)", ["黄", "美玲"]),
        ("Ong Mei Ling", ["ong", "meiling"]),
        ("Lamine Lo", ["lamine", "lo"]),
        ("Mali Ba", ["mali", "ba"]),
    ],
)
def test_family_name_and_given_name_are_told_apart(written, words):
    assert _texts(written) == words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("黃美玲", "Ng Bee Leng"),
        ("黃美玲", "Wong Mei Ling"),
        ("黃美玲", "Vong Mei Leng"),
        ("Huang Meiling", "Ng Bee Leng"),
        ("Chang Li-chun", "Zhang Lijun"),
        ("Tan Xiaoming", "Chen Xiaoming"),
        ("Tan Xiaoming", "谭晓明"),
        ("萧美玲", "肖美玲"),
        ("Ming Fung Choi", "Choi Ming Fung"),
        ("Ng Kok Wai", "吴国伟"),
    ],
)
def test_one_chinese_name_in_two_systems(left, right):
    assert score(left, right) > _SAME


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("张伟", "张薇"),
        ("陆建民", "吕建民"),
        ("Cheng Li", "Zheng Li"),
        ("Cheng Xiaoming", "Chen Xiaoming"),
        ("Wang Lifen", "Wang Lifan"),
        ("Lee Mei Fong", "Lee Mei Fung"),
        ("Ng Mei Ling", "Ong Mei Ling"),
        ("Wang Xiaoqing", "Wang Xiaojing"),
    ],
)
def test_another_syllable_or_character_is_another_name(left, right):
    assert score(left, right) < _SAME


def test_a_character_without_a_reading_is_no_argument_against():
    known = characters()
    assert "熠" not in known.pinyin
    assert score("Tan Yeow Boon", "陈熠文") > _SAME
    assert score("Tan Yeow Boon", "陈熠美") < _SAME


def test_every_column_and_spelling_is_in_letters():
    content = load(FILE)
    for table, first in (("surnames", 1), ("given", 0)):
        for name, row in content[table].items():
            columns = row.split("; ")
            assert _HAN.fullmatch(name), name
            assert 1 <= len(columns) - first <= 4, name
            assert all(re.fullmatch("[a-zü -]+", column) for column in columns[first:]), name
    assert set(content["variants"].values()).isdisjoint(content["variants"])
    assert content["meta"]["licence"]


def test_the_spellings_of_characters_are_compiled():
    assert compiled_characters() == read_characters()


@pytest.mark.parametrize(
    ("left", "right"),
    [("thuỳ", "thùy"), ("hoà", "hòa"), ("mỹ", "mĩ"), ("lý", "lí"), ("quý", "quí")],
)
def test_one_vietnamese_word_with_its_sign_in_another_place(left, right):
    assert signed_form(left) == signed_form(right)


@pytest.mark.parametrize(
    ("left", "right"), [("hoa", "hòa"), ("tuấn", "tuân"), ("hùng", "hưng"), ("thúy", "thùy")]
)
def test_another_sign_is_another_vietnamese_word(left, right):
    assert signed_form(left) != signed_form(right)


def test_signs_count_where_both_sides_write_them():
    signed, other = (parse(f"Nguyễn Thị {word}").tokens[-1] for word in ("Hoa", "Hòa"))
    assert relation_of(signed, other) is Relation.OTHER_NAME
    assert score("Nguyen Thi Hoa", "Nguyễn Thị Hòa") > _SAME
    assert score("Nguyễn Van Hung", "Nguyễn Văn Hùng") > _SAME


def test_vietnamese_names_are_turned_round_in_full():
    assert score("Trần Đức Thịnh", "Thinh Duc Tran") > _SAME
    assert score("Ho Kim Lan", "Lan Kim Ho") > _SAME
    assert score("Trần Đức Thịnh", "Tran Thinh Duc") < _SAME
    assert _texts("Ngô Thị Vân Anh") == ["ngô", "vân", "anh"]
