"""Which column holds what: guessed from its name in the languages of the field, changeable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum

from crosslight.exchange.tables.errors import UnusableInput
from crosslight.exchange.tables.model import Table


class Target(StrEnum):
    """What a column can be read as: an attribute, or a part that is put together with others."""

    NAME = "name"
    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    SURNAME = "surname"
    ALIAS = "alias"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    SEX = "sex"
    NATIONALITY = "nationality"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    ACCOUNT = "account"
    DOCUMENT = "document"
    PLATE = "plate"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PLACE = "place"
    REGISTRATION = "registration"
    VESSEL = "vessel"
    VIN = "vin"
    OCCUPATION = "occupation"
    ADVERT = "advert"
    NETWORK = "network"
    DEVICE = "device"
    LINK = "link"
    FILE = "file"
    CASE = "case"
    ROUTE = "route"
    COUNTRY = "country"
    SCHEMA = "schema"


IGNORED = "-"
_ONLY_BESIDE_OTHERS = frozenset({Target.COUNTRY, Target.SCHEMA})

_SYNONYMS: Mapping[Target, str] = {
    Target.NAME: """name full_name fullname complete_name person_name name_full nom_complet
        nom_et_prenom nom_et_prenoms nom_prenom nom_prenoms prenom_nom noms nombre_completo
        nombre_y_apellidos nombres_y_apellidos nome_completo vollstandiger_name ad_soyad
        nume_complet emri_i_plote company company_name organisation organization
        organisation_name organization_name denomination raison_sociale razon_social caption""",
    Target.GIVEN_NAME: """given_name given_names first_name first_names firstname forename
        forenames prenom prenoms nombre nombres nome vorname vornamen ime imie nume_mic prenume
        emri ad voornaam imya""",
    Target.MIDDLE_NAME: """middle_name middle_names middlename second_name patronymic
        deuxieme_prenom segundo_nombre otchestvo fathers_name""",
    Target.SURNAME: """surname surnames last_name last_names lastname family_name nom
        nom_de_famille apellido apellidos primer_apellido segundo_apellido sobrenome apelido
        apelidos nachname familienname prezime nazwisko nume soyad mbiemri achternaam familiya""",
    Target.ALIAS: """alias aliases aka also_known_as nickname nicknames surnom alias_nom apodo
        alcunha spitzname maiden_name nom_de_jeune_fille birth_name former_name other_names""",
    Target.BIRTH_DATE: """birth_date birthdate date_of_birth dob born birthday birth
        date_de_naissance date_naissance naissance ne_le nee_le fecha_de_nacimiento
        fecha_nacimiento data_de_nascimento data_nascimento geburtsdatum datum_rodenja
        data_nasterii data_urodzenia datelindja dogum_tarihi""",
    Target.BIRTH_PLACE: """birth_place birthplace place_of_birth pob city_of_birth
        lieu_de_naissance lieu_naissance ne_a lugar_de_nacimiento lugar_nacimiento
        local_de_nascimento naturalidade geburtsort mjesto_rodenja locul_nasterii
        miejsce_urodzenia vendlindja dogum_yeri""",
    Target.SEX: "sex gender sexe genre sexo genero geschlecht spol plec gjinia cinsiyet",
    Target.NATIONALITY: """nationality nationalities citizenship nationalite nacionalidad
        nacionalidade staatsangehorigkeit drzavljanstvo obywatelstwo cetatenie uyruk
        shtetesia""",
    Target.PHONE: """phone phones telephone tel mobile mobile_phone cell cellphone phone_number
        telephone_number mobile_number msisdn whatsapp gsm portable numero_de_telephone
        no_telephone telefono telefon telefone movil celular telemovel handy telefonnummer
        numero_telefono""",
    Target.EMAIL: """email emails e_mail mail email_address courriel adresse_email
        adresse_mail correo correo_electronico mejl eposta""",
    Target.HANDLE: """handle username user_name screen_name social_media profile profile_url
        account_name_online pseudo pseudonyme facebook instagram telegram tiktok snapchat twitter
        usuario utilisateur""",
    Target.ACCOUNT: """account account_number iban bank_account wallet compte numero_de_compte
        cuenta conta kontonummer crypto_address wallet_address mobile_money""",
    Target.DOCUMENT: """document document_number doc_number passport passport_number passport_no
        id_number id_no identity_number identity_document national_id national_id_number nin
        id_card passeport numero_passeport numero_de_passeport piece_identite piece_d_identite
        cni cin pasaporte numero_pasaporte dni nie documento passaporte cedula reisepass
        ausweisnummer soc_sec_id ssn social_security_number social_security tax_id pesel cnp""",
    Target.PLATE: """plate plates plate_number licence_plate license_plate number_plate
        vehicle_registration registration_plate immatriculation plaque matricula placa
        kennzeichen registarska_oznaka""",
    Target.ADDRESS: """address addresses address_1 address_2 address_line_1 address_line_2
        street street_address street_number house_number street_name home_address
        residence adresse rue numero_rue domicile direccion domicilio endereco morada rua
        anschrift strasse adresa adres""",
    Target.POSTCODE: """postcode post_code postal_code zip zip_code zipcode code_postal
        codigo_postal plz""",
    Target.PLACE: """place city town suburb village ville commune ciudad localidad cidade
        ort stadt grad oras miasto qytet sehir""",
    Target.REGISTRATION: """registration registration_number company_number vat vat_number
        vat_code siren siret rccm ninea cif nif crn tax_number""",
    Target.VESSEL: "vessel imo imo_number mmsi",
    Target.VIN: "vin chassis chassis_number vehicle_identification_number",
    Target.OCCUPATION: """occupation occupations profession job job_title position metier
        emploi ocupacion profesion profissao beruf zanimanje zawod profesie""",
    Target.ADVERT: """advert advertisement ad_text advert_text annonce texte_annonce anuncio
        anzeige description body body_text""",
    Target.NETWORK: "network ip ip_address adresse_ip direccion_ip ip_adresse",
    Target.DEVICE: "device device_id imei imsi iccid mac mac_address appareil dispositivo",
    Target.LINK: "link url website web_site site_web lien enlace page_url",
    Target.FILE: "file file_hash hash sha256 content_hash empreinte",
    Target.CASE: "case case_number case_reference file_reference reference_dossier dossier",
    Target.ROUTE: "route itinerary itineraire trajet ruta trayecto",
    Target.COUNTRY: "country country_code pays pais land drzava kraj tara",
    Target.SCHEMA: "schema entity_type",
}
_TARGETS = {word: target for target, words in _SYNONYMS.items() for word in words.split()}
_NOISE = frozenset({"fake", "raw", "clean", "person", "subject", "suspect", "main", "primary"})
_WORD = re.compile(r"[^\W_]+")


def guess_target(column: str) -> Target | None:
    """Target of a column's name, whatever its case, accents and punctuation."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column.strip())
    bare = unicodedata.normalize("NFKD", spaced.replace("đ", "d").replace("ł", "l")).casefold()
    words = _WORD.findall("".join(char for char in bare if not unicodedata.combining(char)))
    exact = _TARGETS.get("_".join(words))
    if exact:
        return exact
    kept = [word for word in words if word not in _NOISE and not word.isdigit()]
    kept = [re.sub(r"\d+$", "", word) for word in kept]
    return _TARGETS.get("_".join(kept))


def guess_columns(columns: Iterable[str], *, id_column: str) -> dict[str, Target]:
    guessed = {column: guess_target(column) for column in columns if column != id_column}
    found = {column: target for column, target in guessed.items() if target}
    # "nom" beside "prenom" is the surname; alone it is the whole name, as is "nome" or "nombre".
    parts = {Target.GIVEN_NAME, Target.SURNAME} & set(found.values())
    if len(parts) == 1 and Target.NAME not in found.values():
        found = {
            column: Target.NAME if target in parts else target for column, target in found.items()
        }
    return found


def parse_overrides(entries: Iterable[str]) -> dict[str, Target | None]:
    """`column=target` entries; `column=-` leaves the column out (None)."""
    found: dict[str, Target | None] = {}
    for entry in entries:
        column, separator, wanted = entry.rpartition("=")
        if not separator or not column.strip():
            raise UnusableInput(
                f"--map {entry!r} is not of the form column=attribute.",
                remedy="Write for example --map 'Nom complet=name'.",
            )
        found[column.strip()] = _target(wanted.strip())
    return found


def _target(wanted: str) -> Target | None:
    if wanted == IGNORED:
        return None
    try:
        return Target(wanted.casefold())
    except ValueError:
        known = ", ".join(Target)
        raise UnusableInput(
            f"There is no attribute {wanted!r}.", remedy=f"Use one of {known}, or - to ignore."
        ) from None


def map_columns(
    table: Table, *, id_column: str, overrides: Mapping[str, Target | None]
) -> dict[str, Target]:
    """Column to target, in the order of columns. Raises UnusableInput without any to compare."""
    if table.is_entities:
        return {}
    mapping = guess_columns(table.columns, id_column=id_column)
    for column, target in overrides.items():
        mapping.pop(column, None)
        if target and column in table.columns:
            mapping[column] = target
    if not set(mapping.values()) - _ONLY_BESIDE_OTHERS:
        raise UnusableInput(
            f"No column of {table.path.name} was recognised ({_listed(table.columns)}).",
            remedy="Say what they hold, for example --map 'Nom complet=name'.",
        )
    return {column: mapping[column] for column in table.columns if column in mapping}


def find_id_column(table: Table, *, wanted: str) -> str:
    """The column called `wanted`, whatever its case. Raises UnusableInput where there is none."""
    if table.is_entities:
        return "id"
    if wanted in table.columns:
        return wanted
    alike = [column for column in table.columns if column.casefold() == wanted.casefold()]
    if len(alike) == 1:
        return alike[0]
    if not any(guess_target(column) for column in table.columns):
        raise UnusableInput(
            f"{table.path.name} has no header: its first line reads {_listed(table.columns)}.",
            remedy="Put the names of the columns on the first line, one of them an id.",
        )
    raise UnusableInput(
        f"{table.path.name} has no column {wanted!r}; it has {_listed(table.columns)}.",
        remedy="Name the column that identifies a row with --id-column.",
    )


def _listed(columns: tuple[str, ...]) -> str:
    shown = ", ".join(column[:40] for column in columns[:20])
    return f"{shown}, …" if len(columns) > 20 else shown  # noqa: PLR2004
