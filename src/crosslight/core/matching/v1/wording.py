"""Findings in sentences: English here, marked for translation, said in any language by a screen."""

from __future__ import annotations

from collections.abc import Mapping

from crosslight.core.attributes import (
    accounts,
    addresses,
    adverts,
    case_references,
    devices,
    documents,
    emails,
    files,
    handles,
    networks,
    organisations,
    phones,
    plates,
    registrations,
    routes,
    urls,
    vehicles,
    vessels,
)
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.matching.model import Attribute, Reason
from crosslight.core.matching.v1.findings import COMMON

_RARE_HOLDERS = 5


LABELS: Mapping[Attribute, str] = {
    Attribute.NAME: gettext_noop("Name"),
    Attribute.ALIAS: gettext_noop("Alias"),
    Attribute.BIRTH_DATE: gettext_noop("Birth date"),
    Attribute.BIRTH_PLACE: gettext_noop("Birth place"),
    Attribute.SEX: gettext_noop("Sex"),
    Attribute.NATIONALITY: gettext_noop("Nationality"),
    Attribute.PHONE: gettext_noop("Phone number"),
    Attribute.EMAIL: gettext_noop("E-mail address"),
    Attribute.HANDLE: gettext_noop("Online account"),
    Attribute.ACCOUNT: gettext_noop("Account"),
    Attribute.DOCUMENT: gettext_noop("Document number"),
    Attribute.PLATE: gettext_noop("Plate"),
    Attribute.ADDRESS: gettext_noop("Address"),
    Attribute.PLACE: gettext_noop("Place"),
    Attribute.REGISTRATION: gettext_noop("Registration number"),
    Attribute.VESSEL: gettext_noop("Vessel number"),
    Attribute.VIN: gettext_noop("Vehicle identification number"),
    Attribute.OCCUPATION: gettext_noop("Occupation"),
    Attribute.ORGANISATION: gettext_noop("Name"),
    Attribute.ADVERT: gettext_noop("Advert"),
    Attribute.NETWORK: gettext_noop("Network address"),
    Attribute.DEVICE: gettext_noop("Device"),
    Attribute.LINK: gettext_noop("Web page"),
    Attribute.FILE: gettext_noop("File"),
    Attribute.CASE: gettext_noop("Case reference"),
    Attribute.ROUTE: gettext_noop("Route"),
    Attribute.KINSHIP: gettext_noop("Relatives"),
}

_NAMES = {
    "same": gettext_noop("The names are written alike."),
    "partial": gettext_noop("The names are the same; one side has a word more."),
    "spelling": gettext_noop("The names are one name in the spellings of different countries."),
    "variant": gettext_noop("The names may be one name: they are written so in some countries."),
    "rule": gettext_noop("The names are one name under the letter rules."),
    "short_form": gettext_noop("The names are the same but for a short or related form."),
    "slip": gettext_noop("The names are the same but for a typing slip."),
    "letter": gettext_noop("The names are the same but for one letter."),
    "consonants": gettext_noop("The names have the same consonants and other vowels."),
    "initial": gettext_noop("The names are the same as far as initials show."),
    "conflicting": gettext_noop("The names are the same in part; one word is of another name."),
    "different": gettext_noop("The names are different."),
}
_BIRTH_DATES = {
    "exact": gettext_noop("The same birth date."),
    "swapped": gettext_noop("The same birth date with day and month exchanged."),
    "one_digit": gettext_noop("The birth dates are one digit apart."),
    "year_month": gettext_noop("The same year and month of birth; one side has no day."),
    "year": gettext_noop("The same year of birth; one side has no day."),
    "placeholder": gettext_noop(
        "The same year of birth; 1 January often stands for an unknown day."
    ),
    "near_year": gettext_noop("The years of birth are one apart; one side has no day."),
    "other_year": gettext_noop("The years of birth are different."),
    "unknown": gettext_noop("A birth date that stands for “unknown” says nothing."),
    "same_year": gettext_noop("The same year of birth, but different days."),
    "different": gettext_noop("The birth dates are different."),
}
_TRAITS = {
    Attribute.SEX: {
        "exact": gettext_noop("The same sex."),
        "different": gettext_noop("The sexes are different."),
    },
    Attribute.NATIONALITY: {
        "exact": gettext_noop("The same nationality."),
        "different": gettext_noop("The nationalities are different."),
    },
    Attribute.BIRTH_PLACE: {
        "exact": gettext_noop("The same birth place."),
        "slip": gettext_noop("Nearly the same birth place."),
        "different": gettext_noop("The birth places are different."),
    },
    Attribute.PLACE: {
        "exact": gettext_noop("The same place."),
        "slip": gettext_noop("Nearly the same place."),
        "different": gettext_noop("The places are different."),
    },
    Attribute.OCCUPATION: {
        "exact": gettext_noop("The same occupation."),
        "slip": gettext_noop("Nearly the same occupation."),
        "different": gettext_noop("The occupations are different."),
    },
}
# Beside the sentences that the attributes have for their own levels.
_RARE = "rare"
_IDENTIFIERS: Mapping[Attribute, Mapping[str, str]] = {
    Attribute.PHONE: {
        **phones.SENTENCES,
        _RARE: gettext_noop("The same phone number, and few others have it."),
        COMMON: gettext_noop("The same phone number, but many have it: it is a common value."),
    },
    Attribute.EMAIL: {
        **emails.SENTENCES,
        _RARE: gettext_noop("The same e-mail address, and few others have it."),
        COMMON: gettext_noop("The same e-mail address, but many have it: it is a common value."),
    },
    Attribute.HANDLE: {
        **handles.SENTENCES,
        _RARE: gettext_noop("The same online account, and few others have it."),
        COMMON: gettext_noop("The same online account, but many have it: it is a common value."),
    },
    Attribute.ACCOUNT: {
        **accounts.SENTENCES,
        _RARE: gettext_noop("The same account, and few others have it."),
        COMMON: gettext_noop("The same account, but many have it: it is a common value."),
    },
    Attribute.DOCUMENT: {
        **documents.SENTENCES,
        _RARE: gettext_noop("The same document number, and few others have it."),
        COMMON: gettext_noop("The same document number, but many have it: it is a common value."),
    },
    Attribute.PLATE: {
        **plates.SENTENCES,
        _RARE: gettext_noop("The same plate, and few others have it."),
        COMMON: gettext_noop("The same plate, but many have it: it is a common value."),
    },
    Attribute.REGISTRATION: {
        **registrations.SENTENCES,
        _RARE: gettext_noop("The same registration number, and few others have it."),
        COMMON: gettext_noop(
            "The same registration number, but many have it: it is a common value."
        ),
    },
    Attribute.VESSEL: {
        **vessels.SENTENCES,
        _RARE: gettext_noop("The same vessel, and few others have it."),
        COMMON: gettext_noop("The same vessel, but many have it: it is a common value."),
    },
    Attribute.VIN: {
        **vehicles.SENTENCES,
        _RARE: gettext_noop("The same vehicle identification number, and few others have it."),
        COMMON: gettext_noop(
            "The same vehicle identification number, but many have it: it is a common value."
        ),
    },
    Attribute.ADDRESS: {
        **addresses.SENTENCES,
        _RARE: gettext_noop("The same address, and few others have it."),
        COMMON: gettext_noop("The same address, but many have it: it is a common value."),
    },
    Attribute.ORGANISATION: organisations.SENTENCES,
    Attribute.ROUTE: routes.SENTENCES,
    Attribute.ADVERT: {
        **adverts.SENTENCES,
        _RARE: gettext_noop("The same advert, and few others have it."),
        COMMON: gettext_noop("The same advert, but many have it: it is a common value."),
    },
    Attribute.NETWORK: {
        **networks.SENTENCES,
        _RARE: gettext_noop("The same network address, and few others have it."),
        COMMON: gettext_noop("The same network address, but many have it: it is a common value."),
    },
    Attribute.DEVICE: {
        **devices.SENTENCES,
        _RARE: gettext_noop("The same device, and few others have it."),
        COMMON: gettext_noop("The same device, but many have it: it is a common value."),
    },
    Attribute.LINK: {
        **urls.SENTENCES,
        _RARE: gettext_noop("The same web page, and few others have it."),
        COMMON: gettext_noop("The same web page, but many have it: it is a common value."),
    },
    Attribute.FILE: {
        **files.SENTENCES,
        _RARE: gettext_noop("The same file, and few others have it."),
        COMMON: gettext_noop("The same file, but many have it: it is a common value."),
    },
    Attribute.CASE: {
        **case_references.SENTENCES,
        _RARE: gettext_noop("The same case reference, and few others have it."),
        COMMON: gettext_noop("The same case reference, but many have it: it is a common value."),
    },
}
SENTENCES: Mapping[Attribute, Mapping[str, str]] = {
    Attribute.NAME: _NAMES,
    Attribute.ALIAS: _NAMES,
    Attribute.BIRTH_DATE: _BIRTH_DATES,
    **_TRAITS,
    **_IDENTIFIERS,
    Attribute.KINSHIP: {
        "shared": gettext_noop("Relatives often share these things, too, which counts against.")
    },
}


def said(attribute: Attribute, level: str, *, holders: int) -> Reason:
    """What was found, without a value; `holders` is 0 where they were not counted."""
    sentences = SENTENCES[attribute]
    is_rare = 0 < holders <= _RARE_HOLDERS and _RARE in sentences
    return Reason(sentences[_RARE if is_rare else level])
