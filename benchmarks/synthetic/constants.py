"""Every chance that the generator draws by. None was measured on real registers.

They were set so that Splink 5 finds these persons about as hard as the design's own synthetic set
(docs/reference/benchmarks.md says how near it comes), not so that any tool looks good.
"""

from __future__ import annotations

from datetime import date

# --- How often a person is registered -----------------------------------------------------------
REGISTRATIONS = {1: 0.52, 2: 0.28, 3: 0.13, 4: 0.07}

# --- Who they are -------------------------------------------------------------------------------
MALE = 0.62
NATIONALITIES = {
    "SN": 0.24, "ML": 0.16, "GN": 0.16, "GM": 0.12, "CI": 0.09, "SL": 0.08, "MR": 0.06,
    "GW": 0.05, "BF": 0.04,
}  # fmt: skip
HAS_MIDDLE_NAME = 0.30
# A word of a name is invented, and in no lexicon, with this chance.
OUTSIDE_LEXICON = 0.15
# People with a living relative in the set: same surname, place and nationality, often one phone.
IS_RELATIVE = 0.15
RELATIVE_SHARES_PHONE = 0.30
RELATIVE_IS_TWIN = 0.02
RELATIVE_AGE_GAP_YEARS = 12
FIRST_BIRTH, LAST_BIRTH, COMMONEST_BIRTH = date(1955, 1, 1), date(2012, 12, 31), date(1997, 1, 1)
# They do not know the day they were born, so that each clerk writes an estimate.
BIRTH_DATE_UNKNOWN = 0.05

# --- Where they are registered, and by whom -----------------------------------------------------
# The clerk of a further registration sits in the country of the first one with this chance.
SAME_COUNTRY_AGAIN = 0.35
REGISTERS = {
    "SN": 0.20, "GM": 0.14, "ML": 0.10, "GN": 0.10, "MR": 0.10, "MA": 0.10, "ES": 0.12,
    "CI": 0.05, "SL": 0.04, "GW": 0.05,
}  # fmt: skip
# How a country's clerks spell, as the lexicon names the orthographies.
ORTHOGRAPHIES = {
    "SN": "fr", "ML": "fr", "GN": "fr", "CI": "fr", "BF": "fr", "GM": "en", "SL": "en",
    "GW": "pt", "ES": "es", "MR": "ar", "MA": "ar",
}  # fmt: skip
# The clerk writes by ear; otherwise copies the spelling of the person's first document.
WRITTEN_BY_EAR = 0.62

# --- What happens to a name on its way to the register ------------------------------------------
MIDDLE_MISSING = 0.45
MIDDLE_AS_INITIAL = 0.15
GIVEN_AS_INITIAL = 0.02
SHORT_FORM = 0.04
ABBREVIATED = 0.12  # of the names that have a customary abbreviation
ORDER_SWAPPED = 0.22
TITLE = 0.04
SLIP_IN_NAME = 0.09  # one letter dropped, doubled, replaced or swapped with its neighbour
ACCENTS_LOST = 0.40
UPPER_CASE = 0.12
SURNAME_IN_UPPER_CASE = 0.15

# --- Birth date as written ----------------------------------------------------------------------
BIRTH_DATE_MISSING = 0.07
BIRTH_YEAR_ONLY = 0.05
BIRTH_PLACEHOLDER = 0.05  # 1 January of the right year
BIRTH_SWAPPED = 0.02  # day and month, where both are possible
BIRTH_DIGIT = 0.03  # one digit of day, month or year
ESTIMATE_SPREAD_YEARS = 3

# --- The rest of a registration -----------------------------------------------------------------
SEX_MISSING = 0.05
SEX_WRONG = 0.01
NATIONALITY_MISSING = 0.10
NATIONALITY_WRONG = 0.03  # that of a neighbour, or of the country of transit
BIRTH_PLACE_MISSING = 0.20
BIRTH_PLACE_OTHER = 0.10  # the district, the next town
SLIP_IN_PLACE = 0.05
HAS_PHONE = 0.75
PHONE_WRITTEN = 0.55
PHONE_CHANGED = 0.30  # between two registrations
PHONE_SLIP = 0.03
PHONE_SHARED = 0.05  # of registrations: the number of a shelter or a taxi rank
ROWS_PER_SHARED_PHONE = 2_500
HAS_DOCUMENT = 0.50
DOCUMENT_WRITTEN = 0.35
DOCUMENT_RENEWED = 0.15  # between two registrations
DOCUMENT_SLIP = 0.05

# --- Invented words -----------------------------------------------------------------------------
INVENTED_SURNAMES = 400
INVENTED_GIVEN = 150  # of each sex
PLACES_PER_COUNTRY = 25
# The nth commonest word is drawn with weight 1 / (n + this).
ZIPF_OFFSET = 4

# --- Shape of the file --------------------------------------------------------------------------
# Rows of one person lie in one block, shuffled; a block is made alone, in constant memory.
BLOCK_ROWS = 20_000
