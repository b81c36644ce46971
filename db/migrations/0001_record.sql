-- The record, first schema. Decisions: ARCHITECTURE.md and contract/record.md.
-- Integer keys, STRICT tables. Codes of kinds, states and origins stand in db/tables/codes.py.
-- Kinds of tables (exchanged, kept, unjournalled) and personal columns stand in db/tables/listing.py.

-- ---- who wrote when: the journal's own tables (unjournalled) ----
CREATE TABLE record (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uid TEXT NOT NULL,
    office INTEGER,
    role TEXT NOT NULL DEFAULT 'main' CHECK (role IN ('main', 'desk')),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL
) STRICT;

CREATE TABLE node (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
    began_at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('created', 'restored', 'copied', 'older')),
    release INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    node INTEGER NOT NULL REFERENCES node (id),
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    undoes INTEGER REFERENCES change (id),
    source TEXT NOT NULL,
    chain BLOB NOT NULL
) STRICT;

CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY,
    change INTEGER NOT NULL,
    tbl INTEGER NOT NULL,
    key TEXT NOT NULL,
    before TEXT,
    after TEXT,
    seal BLOB NOT NULL,      -- 16 random bytes and the payload's SHA-256; the hash alone once erased
    erased_by INTEGER
) STRICT;

CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE own_key (
    serial INTEGER PRIMARY KEY,
    public TEXT NOT NULL,     -- the key file, signed
    private BLOB NOT NULL,
    wrapped INTEGER NOT NULL DEFAULT 0,
    made_at TEXT NOT NULL,
    retired_at TEXT
) STRICT;

-- Versions. A released row's content is the row as it stood at journal sequence `sequence`; while no later journal
-- row touches its key the row is no draft, and a draft's released content is found by walking the journal back.
-- Stamping a release so journals nothing and copies nothing.
CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    node TEXT NOT NULL,
    number INTEGER NOT NULL,
    actor TEXT,               -- post of who wrote it and when, of received rows; our own say so in the journal
    at TEXT
) STRICT;
CREATE UNIQUE INDEX release_by_version ON release (node, number, ifnull(actor, ''), ifnull(at, ''));

CREATE TABLE released (
    tbl INTEGER NOT NULL,
    key TEXT NOT NULL,
    release INTEGER NOT NULL REFERENCES release (id),
    sequence INTEGER NOT NULL,
    row TEXT,                 -- the released content where it never was the current row: it came under a draft
    PRIMARY KEY (tbl, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX released_by_release ON released (release);

CREATE TABLE mark (           -- how far a repeated job has come
    name TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_key (    -- which journal rows speak of a key, as far as the mark 'by key'; db/by_key.py
    tbl INTEGER NOT NULL,
    key TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (tbl, key, sequence)
) STRICT, WITHOUT ROWID;
CREATE VIEW journal_by_key AS
    SELECT tbl, key, sequence FROM journal_key
    UNION ALL
    SELECT tbl, key, sequence FROM journal
    WHERE sequence > (SELECT ifnull(max(sequence), 0) FROM mark WHERE name = 'by key');

-- ---- units through time ----
CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    shipped INTEGER NOT NULL DEFAULT 0 CHECK (shipped IN (0, 1)),
    position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE unit_version (
    unit INTEGER NOT NULL REFERENCES unit (id),
    valid_from TEXT NOT NULL,  -- '' before the record began
    valid_to TEXT,             -- last day; NULL still
    code TEXT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    parent INTEGER REFERENCES unit (id),
    PRIMARY KEY (unit, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_version_by_code ON unit_version (code);

CREATE TABLE unit_attribute (
    unit INTEGER NOT NULL REFERENCES unit (id),
    name TEXT NOT NULL,        -- zone, minority_area, especially_disadvantaged, terrain, telephone
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    value TEXT NOT NULL,
    PRIMARY KEY (unit, name, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit_act (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    act TEXT NOT NULL,
    date TEXT NOT NULL,
    basis TEXT NOT NULL,
    definition TEXT NOT NULL DEFAULT '{}',  -- the units it speaks of; their versions before and after
    provisional INTEGER NOT NULL DEFAULT 0,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE unit_part (
    act INTEGER NOT NULL REFERENCES unit_act (id),
    old INTEGER NOT NULL REFERENCES unit (id),
    new INTEGER NOT NULL REFERENCES unit (id),
    whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
    share INTEGER,             -- ten-thousandths, an estimate with its basis
    basis TEXT,
    PRIMARY KEY (act, old, new)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit_alias (
    uid TEXT PRIMARY KEY,
    stands_for TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- offices ----
CREATE TABLE office (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE office_version (
    office INTEGER NOT NULL REFERENCES office (id),
    valid_from TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('commune', 'district', 'area', 'province')),
    unit INTEGER REFERENCES unit (id),
    code TEXT,                 -- own code: official, facility or free
    name TEXT NOT NULL,
    parent TEXT,               -- uid or code of the office reported to
    basis TEXT,
    letterhead TEXT NOT NULL DEFAULT '{}',  -- parent agency line, symbol, place, signer, addressees
    PRIMARY KEY (office, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE office_commune (
    office INTEGER NOT NULL REFERENCES office (id),
    unit INTEGER NOT NULL REFERENCES unit (id),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    PRIMARY KEY (office, unit, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- the catalogue: what is entered and what is computed, dated data ----
CREATE TABLE element (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL   -- JSON of desktop.domain.elements.Element
) STRICT;

CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL
) STRICT;

CREATE TABLE form (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL
) STRICT;

CREATE TABLE form_element (
    form INTEGER NOT NULL REFERENCES form (id),
    element INTEGER NOT NULL REFERENCES element (id),
    position INTEGER NOT NULL, -- the printed column number
    PRIMARY KEY (form, element)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL
) STRICT;

CREATE TABLE rule (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL
) STRICT;

-- ---- figures ----
CREATE TABLE period (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    calendar TEXT NOT NULL
) STRICT;

CREATE TABLE value (
    unit INTEGER NOT NULL REFERENCES unit (id),
    period INTEGER NOT NULL REFERENCES period (id),
    element INTEGER NOT NULL REFERENCES element (id),
    category INTEGER NOT NULL REFERENCES category (id),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6),
    amount INTEGER,
    text TEXT,
    origin INTEGER NOT NULL CHECK (origin BETWEEN 0 AND 4),
    note TEXT,
    PRIMARY KEY (period, unit, element, category, kind),  -- a form's figures lie together
    CHECK ((state = 0 AND amount IS NOT NULL AND amount <> 0) OR (state = 1 AND amount IS 0)
        OR (state > 1 AND amount IS NULL)),
    CHECK ((state = 2) = (text IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE denominator (
    unit INTEGER NOT NULL REFERENCES unit (id),
    year INTEGER NOT NULL,
    population TEXT NOT NULL,  -- average, mid_year, year_end, under1, under2, under5, women15_49, due_vaccination
    amount INTEGER NOT NULL,
    source TEXT NOT NULL,
    official INTEGER NOT NULL CHECK (official IN (0, 1)),
    PRIMARY KEY (unit, year, population)
) STRICT, WITHOUT ROWID;
CREATE INDEX denominator_by_year ON denominator (year);

CREATE TABLE submission (
    unit INTEGER NOT NULL REFERENCES unit (id),
    form INTEGER NOT NULL REFERENCES form (id),
    period INTEGER NOT NULL REFERENCES period (id),
    state TEXT NOT NULL CHECK (state IN ('in_entry', 'complete', 'checked', 'locked', 'returned')),
    holder TEXT NOT NULL,      -- office uid
    correction INTEGER NOT NULL DEFAULT 0,
    received_on TEXT,
    reason TEXT,               -- why cells are not reported, or why it was reopened or returned
    returned_by TEXT,          -- phone, paper or package
    completed INTEGER NOT NULL DEFAULT 0,  -- how often it was marked complete; a judgement speaks of one of them
    PRIMARY KEY (unit, form, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_by_period ON submission (period);

CREATE TABLE judgement (       -- the receiver's word, apart from the sender's state
    unit INTEGER NOT NULL REFERENCES unit (id),
    form INTEGER NOT NULL REFERENCES form (id),
    period INTEGER NOT NULL REFERENCES period (id),
    office TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('received', 'checked', 'returned')),
    reason TEXT,
    returned_by TEXT,          -- phone, paper or package
    completed INTEGER NOT NULL DEFAULT 0,  -- which completion of the form was judged: a later one supersedes it
    PRIMARY KEY (unit, form, period, office)
) STRICT, WITHOUT ROWID;
CREATE INDEX judgement_by_period ON judgement (period);

CREATE TABLE finding_reason (
    unit INTEGER NOT NULL REFERENCES unit (id),
    period INTEGER NOT NULL REFERENCES period (id),
    element INTEGER NOT NULL REFERENCES element (id),
    rule TEXT NOT NULL,
    shown TEXT NOT NULL,       -- the value it was kept for; another value asks again
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (unit, period, element, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_reason_by_period ON finding_reason (period);

CREATE TABLE assignment (      -- the decision behind a year's assigned figures of one form
    office TEXT NOT NULL,      -- uid of the office that assigns
    form INTEGER NOT NULL REFERENCES form (id),
    year INTEGER NOT NULL,
    number TEXT NOT NULL,
    decided_on TEXT,
    PRIMARY KEY (office, form, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE second_entry (    -- a form typed a second time, to be compared with its values; it never is a figure
    period INTEGER NOT NULL REFERENCES period (id),
    unit INTEGER NOT NULL REFERENCES unit (id),
    element INTEGER NOT NULL REFERENCES element (id),
    category INTEGER NOT NULL REFERENCES category (id),
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6),
    amount INTEGER,
    text TEXT,
    PRIMARY KEY (period, unit, element, category),
    CHECK ((state = 0 AND amount IS NOT NULL AND amount <> 0) OR (state = 1 AND amount IS 0)
        OR (state > 1 AND amount IS NULL)),
    CHECK ((state = 2) = (text IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_count (   -- what the checks last found in a form, at which journal sequence: can be counted again
    period INTEGER NOT NULL REFERENCES period (id),
    unit INTEGER NOT NULL REFERENCES unit (id),
    form INTEGER NOT NULL REFERENCES form (id),
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (period, unit, form)
) STRICT, WITHOUT ROWID;

-- ---- plans ----
CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    issuer TEXT NOT NULL,
    date TEXT,
    kind TEXT NOT NULL,
    definition TEXT NOT NULL   -- everything else of the header, outline, deadlines, contradictions
) STRICT;

CREATE TABLE target (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plan (id),
    position INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    year INTEGER,
    definition TEXT NOT NULL
) STRICT;

CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    plan INTEGER NOT NULL REFERENCES plan (id),
    position INTEGER NOT NULL,
    definition TEXT NOT NULL
) STRICT;

CREATE TABLE task_progress (
    task INTEGER NOT NULL REFERENCES task (id),
    occurrence TEXT NOT NULL,  -- the day it falls due, or '' where it never does
    state TEXT NOT NULL,
    note TEXT,
    document TEXT,
    evidence TEXT,             -- blob
    PRIMARY KEY (task, occurrence)
) STRICT, WITHOUT ROWID;

-- ---- exchange ----
CREATE TABLE partner (
    id INTEGER PRIMARY KEY,
    office TEXT NOT NULL,      -- office uid
    role TEXT NOT NULL CHECK (role IN ('parent', 'child', 'desk')),
    code TEXT,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    key_file TEXT NOT NULL,
    sign_key TEXT NOT NULL,
    seal_key TEXT NOT NULL,
    escrow TEXT,
    serial INTEGER NOT NULL,
    confirmed INTEGER NOT NULL DEFAULT 0,
    revoked_from TEXT,
    revoked_reason TEXT,
    replaced_by INTEGER REFERENCES partner (id)
) STRICT;

CREATE TABLE package (         -- sent and taken, packages and receipts
    id INTEGER PRIMARY KEY,
    direction TEXT NOT NULL CHECK (direction IN ('sent', 'taken')),
    kind TEXT NOT NULL CHECK (kind IN ('package', 'receipt', 'config')),
    partner INTEGER NOT NULL REFERENCES partner (id),
    node TEXT NOT NULL,        -- of the stream
    scope TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    made TEXT NOT NULL,
    base TEXT NOT NULL,
    seen TEXT NOT NULL,
    rows INTEGER NOT NULL,
    forms INTEGER NOT NULL,
    file TEXT NOT NULL,
    result TEXT,               -- of a receipt: accepted, partly, refused
    answers TEXT,              -- of a receipt: manifest hash it is for
    code TEXT,
    head TEXT,                 -- {sequence, chain}: what the sender's manifest, or a receipt about us, said
    UNIQUE (direction, partner, kind, node, scope, sequence)
) STRICT;

CREATE TABLE seen (
    scope TEXT NOT NULL,
    node TEXT NOT NULL,
    release INTEGER NOT NULL,
    PRIMARY KEY (scope, node)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflict (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    tbl INTEGER NOT NULL,
    key TEXT NOT NULL,
    package INTEGER NOT NULL REFERENCES package (id),
    stands TEXT NOT NULL,      -- version that stood when it arose
    other TEXT NOT NULL,       -- the row that waits, with version, actor and time
    with_draft INTEGER NOT NULL DEFAULT 0,
    resolution TEXT,
    reason TEXT
) STRICT;

CREATE TABLE waiting (
    id INTEGER PRIMARY KEY,
    package INTEGER NOT NULL REFERENCES package (id),
    tbl INTEGER NOT NULL,
    row TEXT NOT NULL,
    why TEXT NOT NULL,
    placed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE disclosure (      -- which personal rows ever left, to whom
    package INTEGER NOT NULL REFERENCES package (id),
    tbl INTEGER NOT NULL,
    uid TEXT NOT NULL,
    PRIMARY KEY (package, tbl, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE erasure (
    tbl INTEGER NOT NULL,
    uid TEXT NOT NULL,
    at TEXT NOT NULL,
    basis TEXT NOT NULL,
    PRIMARY KEY (tbl, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE erased_trace (    -- by which a list that brings an erased child again is known; nothing can be read from it
    uid TEXT PRIMARY KEY,
    salt BLOB NOT NULL,
    bucket INTEGER NOT NULL,
    proof BLOB NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE backup (
    id INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    verified INTEGER NOT NULL CHECK (verified IN (0, 1))
) STRICT;

-- ---- children: weighing sessions and measurements; they leave only in packages of children's lists ----
CREATE TABLE child (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,  -- random: tells nothing
    unit INTEGER NOT NULL REFERENCES unit (id),  -- the commune of registration; later ones stand in child_status
    village TEXT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    sex TEXT CHECK (sex IN ('m', 'f')),
    birth_date TEXT,
    ethnic_group TEXT,
    mother TEXT,
    mother_folded TEXT,
    personal_id TEXT,
    note TEXT,
    struck INTEGER NOT NULL DEFAULT 0 CHECK (struck IN (0, 1))  -- registered by mistake: kept, never shown
) STRICT;
CREATE INDEX child_by_unit ON child (unit, birth_date);
CREATE INDEX child_by_birth ON child (birth_date, folded);
CREATE INDEX child_by_name ON child (folded);

CREATE TABLE child_alias (     -- two entries that are one child; resolved when read, both rows stay
    uid TEXT PRIMARY KEY,
    stands_for TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX child_alias_by_child ON child_alias (stands_for);

CREATE TABLE child_status (
    child INTEGER NOT NULL REFERENCES child (id),
    valid_from TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('moved_in', 'temporary', 'away', 'moved_out', 'died', 'turned_five')),
    unit INTEGER REFERENCES unit (id),  -- the commune it lives in from that day
    note TEXT,
    PRIMARY KEY (child, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX child_status_by_unit ON child_status (unit) WHERE unit IS NOT NULL;

CREATE TABLE weighing_session (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    unit INTEGER REFERENCES unit (id),  -- NULL: of the whole office
    first TEXT NOT NULL,
    last TEXT,                 -- NULL: one day
    kind TEXT NOT NULL CHECK (kind IN ('campaign', 'monthly', 'quarterly', 'survey', 'other')),
    name TEXT,
    note TEXT,
    struck INTEGER NOT NULL DEFAULT 0 CHECK (struck IN (0, 1))
) STRICT;
CREATE INDEX weighing_session_by_day ON weighing_session (first);

CREATE TABLE measurement (
    child INTEGER NOT NULL REFERENCES child (id),
    date TEXT NOT NULL,
    session INTEGER REFERENCES weighing_session (id),
    weight INTEGER CHECK (weight > 0),  -- grams
    lenhei INTEGER CHECK (lenhei > 0),  -- length or height, millimetres
    position TEXT CHECK (position IN ('l', 'h')),
    oedema INTEGER NOT NULL DEFAULT 0 CHECK (oedema IN (0, 1)),
    muac INTEGER CHECK (muac > 0),  -- mid-upper arm, millimetres
    absent INTEGER NOT NULL DEFAULT 0 CHECK (absent IN (0, 1)),
    origin INTEGER NOT NULL DEFAULT 0 CHECK (origin BETWEEN 0 AND 4),
    note TEXT,
    PRIMARY KEY (child, date),  -- a child's history lies together
    CHECK (absent = 0 OR (weight IS NULL AND lenhei IS NULL AND muac IS NULL AND oedema = 0))
) STRICT, WITHOUT ROWID;
CREATE INDEX measurement_by_session ON measurement (session) WHERE session IS NOT NULL;
CREATE INDEX measurement_alone ON measurement (date) WHERE session IS NULL;

CREATE TABLE unnamed_visit (   -- what leaves without names: made from the tables above, or received so
    child TEXT NOT NULL,       -- uid
    age_days INTEGER NOT NULL,
    unit INTEGER NOT NULL REFERENCES unit (id),
    month TEXT NOT NULL,       -- the day of the visit would give the birth date back
    session_kind TEXT,
    sex TEXT CHECK (sex IN ('m', 'f')),
    ethnic_group TEXT,
    weight INTEGER,
    lenhei INTEGER,
    position TEXT CHECK (position IN ('l', 'h')),
    oedema INTEGER NOT NULL DEFAULT 0 CHECK (oedema IN (0, 1)),
    muac INTEGER,
    absent INTEGER NOT NULL DEFAULT 0 CHECK (absent IN (0, 1)),
    PRIMARY KEY (child, age_days)
) STRICT, WITHOUT ROWID;
CREATE INDEX unnamed_visit_by_unit ON unnamed_visit (unit, month);

CREATE TABLE child_supplement (  -- vitamin A, iron, zinc and the like, as they were given
    child INTEGER NOT NULL REFERENCES child (id),
    date TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('vitamin_a', 'iron', 'zinc', 'other')),
    doses INTEGER NOT NULL DEFAULT 1 CHECK (doses > 0),
    note TEXT,
    PRIMARY KEY (child, date, what)
) STRICT, WITHOUT ROWID;
CREATE INDEX child_supplement_by_day ON child_supplement (date);

CREATE TABLE child_treatment (  -- the register of acute malnutrition; what was measured stands in measurement
    child INTEGER NOT NULL REFERENCES child (id),
    since TEXT NOT NULL,
    degree TEXT NOT NULL CHECK (degree IN ('moderate', 'severe', 'complicated')),
    care TEXT NOT NULL CHECK (care IN ('outpatient', 'preventive', 'inpatient')),
    until TEXT,
    outcome TEXT CHECK (outcome IN ('recovered', 'referred', 'stopped', 'died', 'other')),
    note TEXT,
    PRIMARY KEY (child, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE access_log (      -- who looked at which list of children; no names
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    unit TEXT,                 -- uid
    about TEXT,                -- the day of a session, or the uid of a child
    rows INTEGER NOT NULL,
    reason TEXT
) STRICT;

-- ---- national criteria of communes ----
CREATE TABLE criteria_set (    -- with the rows an office loaded from its official table
    code TEXT PRIMARY KEY,
    definition TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE criteria_score (
    unit INTEGER NOT NULL REFERENCES unit (id),
    year INTEGER NOT NULL,
    criteria_set TEXT NOT NULL,
    line TEXT NOT NULL,        -- code of the criterion or of its row
    scorer TEXT NOT NULL CHECK (scorer IN ('self', 'office', 'province')),
    points INTEGER CHECK (points >= 0),  -- ten-thousandths of a point; NULL: none, or taken back
    reason TEXT,
    how TEXT NOT NULL DEFAULT 'typed' CHECK (how IN ('typed', 'import', 'record')),
    PRIMARY KEY (unit, year, criteria_set, line, scorer)
) STRICT, WITHOUT ROWID;
CREATE INDEX criteria_score_by_year ON criteria_score (year);

CREATE TABLE criteria_evidence (  -- a file that proves a row's points; its bytes lie in blob
    unit INTEGER NOT NULL REFERENCES unit (id),
    year INTEGER NOT NULL,
    criteria_set TEXT NOT NULL,
    line TEXT NOT NULL,
    scorer TEXT NOT NULL CHECK (scorer IN ('self', 'office', 'province')),
    file TEXT NOT NULL,           -- SHA-256
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    media TEXT NOT NULL,
    added TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (unit, year, criteria_set, line, scorer, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX criteria_evidence_by_year ON criteria_evidence (year);

CREATE TABLE recognition (     -- a decision of the province; not the same as the points
    unit INTEGER NOT NULL REFERENCES unit (id),
    date TEXT NOT NULL,
    decision TEXT NOT NULL,
    year INTEGER NOT NULL,     -- the year it recognises
    withdrawn TEXT,            -- from this day on
    note TEXT,
    PRIMARY KEY (unit, date)
) STRICT, WITHOUT ROWID;

-- ---- stations: what is said of a place of care, from a day on ----
CREATE TABLE station_item (    -- an office's own lists (equipment, drugs) beside the shipped profile
    code TEXT PRIMARY KEY,
    definition TEXT NOT NULL   -- JSON of desktop.domain.stations.profile.Item
) STRICT, WITHOUT ROWID;

CREATE TABLE station_fact (
    unit INTEGER NOT NULL REFERENCES unit (id),
    item TEXT NOT NULL,
    since TEXT NOT NULL,       -- holds until the next fact of the item
    state TEXT NOT NULL CHECK (state IN ('number', 'zero', 'text', 'yes', 'no', 'not_applicable', 'not_reported')),
    amount INTEGER,            -- ten-thousandths
    text TEXT,                 -- words, the code of a choice, or an ISO date
    way TEXT NOT NULL CHECK (way IN ('typed', 'import', 'copied')),
    note TEXT,
    PRIMARY KEY (unit, item, since),
    CHECK ((state = 'number' AND amount IS NOT NULL AND amount <> 0) OR (state = 'zero' AND amount IS 0)
        OR (state NOT IN ('number', 'zero') AND amount IS NULL)),
    CHECK ((state = 'text') = (text IS NOT NULL))
) STRICT, WITHOUT ROWID;
