-- What workflows change: contacts with tags and fields, offers and access. Why
-- indexes carry conditions that are always true is told in 00004.

-- email, phone and external_user_id are stored as they are compared. An erased
-- contact stays as an emptied row, so that history keeps pointing at something.
CREATE TABLE contacts (
    workspace_id     TEXT NOT NULL REFERENCES workspaces (id),
    id               TEXT NOT NULL,
    number           INTEGER NOT NULL UNIQUE,
    email            TEXT NOT NULL DEFAULT '',
    phone            TEXT NOT NULL DEFAULT '',
    external_user_id TEXT NOT NULL DEFAULT '',
    name             TEXT NOT NULL DEFAULT '',
    first_name       TEXT NOT NULL DEFAULT '',
    last_name        TEXT NOT NULL DEFAULT '',
    company          TEXT NOT NULL DEFAULT '',
    address          BLOB,
    timezone         TEXT NOT NULL DEFAULT '',
    source           TEXT NOT NULL DEFAULT '',
    date_of_birth    TEXT NOT NULL DEFAULT '',
    subscribed       BOOL NOT NULL,
    fields           BLOB,
    search           TEXT NOT NULL DEFAULT '',
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    erased_at        INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE UNIQUE INDEX contacts_email ON contacts (workspace_id, email) WHERE email <> '';
CREATE UNIQUE INDEX contacts_phone ON contacts (workspace_id, phone) WHERE phone <> '';
CREATE UNIQUE INDEX contacts_external ON contacts (workspace_id, external_user_id) WHERE external_user_id <> '';

-- Definitions of a workspace's own contact fields.
CREATE TABLE contact_fields (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    key          TEXT NOT NULL,
    label        TEXT NOT NULL,
    kind         TEXT NOT NULL,
    options      BLOB,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, key)
) STRICT;

-- Field values in the form in which they are looked up; contacts.fields holds
-- the values themselves.
CREATE TABLE contact_keys (
    workspace_id TEXT NOT NULL,
    contact_id   TEXT NOT NULL,
    key          TEXT NOT NULL,
    value        TEXT NOT NULL,
    PRIMARY KEY (workspace_id, contact_id, key),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id)
) STRICT;
CREATE INDEX contact_keys_value ON contact_keys (workspace_id, key, value) WHERE value <> '';

-- key is the name in lower case.
CREATE TABLE tags (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    number       INTEGER NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    key          TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE UNIQUE INDEX tags_name ON tags (workspace_id, key) WHERE key <> '';

CREATE TABLE contact_tags (
    workspace_id TEXT NOT NULL,
    contact_id   TEXT NOT NULL,
    tag_id       TEXT NOT NULL,
    added_at     INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, contact_id, tag_id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id),
    FOREIGN KEY (workspace_id, tag_id) REFERENCES tags (workspace_id, id)
) STRICT;
CREATE INDEX contact_tags_tag ON contact_tags (workspace_id, tag_id, contact_id) WHERE tag_id <> '';

CREATE TABLE products (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    title        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, title)
) STRICT;

CREATE TABLE offers (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    number       INTEGER NOT NULL UNIQUE,
    title        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;
-- Steps name an offer by its exact title, so that it must be one offer's.
CREATE UNIQUE INDEX offers_title ON offers (workspace_id, title) WHERE deleted_at = 0 AND title <> '';

CREATE TABLE offer_products (
    workspace_id TEXT NOT NULL,
    offer_id     TEXT NOT NULL,
    product_id   TEXT NOT NULL,
    position     INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, offer_id, product_id),
    FOREIGN KEY (workspace_id, offer_id) REFERENCES offers (workspace_id, id),
    FOREIGN KEY (workspace_id, product_id) REFERENCES products (workspace_id, id)
) STRICT;

-- One contact's access to one offer, revoked_at 0 while active.
CREATE TABLE grants (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    contact_id   TEXT NOT NULL,
    offer_id     TEXT NOT NULL,
    granted_at   INTEGER NOT NULL,
    revoked_at   INTEGER NOT NULL DEFAULT 0,
    run_id       TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id),
    FOREIGN KEY (workspace_id, offer_id) REFERENCES offers (workspace_id, id)
) STRICT;
CREATE UNIQUE INDEX grants_active ON grants (workspace_id, contact_id, offer_id) WHERE revoked_at = 0 AND contact_id <> '';
CREATE INDEX grants_contact ON grants (workspace_id, contact_id, id) WHERE contact_id <> '' AND id <> '';
CREATE INDEX grants_offer ON grants (workspace_id, offer_id, id) WHERE offer_id <> '';
