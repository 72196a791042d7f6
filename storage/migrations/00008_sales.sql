-- Offers' addresses and the log of their calls, sales, courses and forms. The
-- rules of every table are told in 00001, why indexes carry conditions in 00004.
-- Amounts are whole minor units of an ISO 4217 currency.

-- only: postgres
CREATE SEQUENCE number_offer_requests;
-- end

-- Addresses of offers, found by the SHA-256 of the token. sealed is the token
-- itself, encrypted. expires_at is 0 for the current one.
CREATE TABLE offer_tokens (
    hash         BLOB NOT NULL PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    offer_id     TEXT NOT NULL,
    sealed       BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (workspace_id, offer_id) REFERENCES offers (workspace_id, id)
) STRICT;
CREATE INDEX offer_tokens_offer ON offer_tokens (workspace_id, offer_id);

-- Calls of offers' addresses. old marks those to an address that was rotated
-- away. key is the sender's Idempotency-Key while it is recognised; only calls
-- that did something keep theirs. answer is what the caller was answered.
CREATE TABLE offer_requests (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    number       INTEGER NOT NULL UNIQUE,
    offer_id     TEXT NOT NULL,
    action       TEXT NOT NULL,
    verdict      TEXT NOT NULL,
    status       INTEGER NOT NULL,
    params       BLOB,
    errors       BLOB,
    reason       TEXT NOT NULL DEFAULT '',
    method       TEXT NOT NULL,
    content_type TEXT NOT NULL DEFAULT '',
    size         INTEGER NOT NULL DEFAULT 0,
    ip           TEXT NOT NULL DEFAULT '',
    user_agent   TEXT NOT NULL DEFAULT '',
    old          BOOL NOT NULL,
    key          TEXT,
    answer       BLOB,
    run_id       TEXT NOT NULL DEFAULT '',
    contact_id   TEXT NOT NULL DEFAULT '',
    duplicate_of TEXT NOT NULL DEFAULT '',
    received_at  INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, offer_id) REFERENCES offers (workspace_id, id)
) STRICT;
CREATE INDEX offer_requests_offer ON offer_requests (workspace_id, offer_id, id) WHERE offer_id <> '';
CREATE INDEX offer_requests_contact ON offer_requests (workspace_id, contact_id) WHERE contact_id <> '';
CREATE UNIQUE INDEX offer_requests_once ON offer_requests (workspace_id, offer_id, action, key) WHERE key IS NOT NULL;

CREATE TABLE orders (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    number       INTEGER NOT NULL UNIQUE,
    contact_id   TEXT NOT NULL,
    cart         BOOL NOT NULL,
    state        TEXT NOT NULL,
    subtotal     INTEGER NOT NULL,
    discount     INTEGER NOT NULL,
    tax          INTEGER NOT NULL,
    total        INTEGER NOT NULL,
    currency     TEXT NOT NULL,
    coupon       TEXT NOT NULL DEFAULT '',
    external_id  TEXT NOT NULL DEFAULT '',
    run_id       TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id)
) STRICT;
CREATE INDEX orders_contact ON orders (workspace_id, contact_id, id) WHERE contact_id <> '';
CREATE UNIQUE INDEX orders_external ON orders (workspace_id, external_id) WHERE external_id <> '';

CREATE TABLE order_items (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    number       INTEGER NOT NULL UNIQUE,
    order_id     TEXT NOT NULL,
    position     INTEGER NOT NULL,
    offer_id     TEXT NOT NULL,
    title        TEXT NOT NULL,
    role         TEXT NOT NULL,
    payment_type TEXT NOT NULL,
    quantity     INTEGER NOT NULL,
    amount       INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, order_id) REFERENCES orders (workspace_id, id),
    FOREIGN KEY (workspace_id, offer_id) REFERENCES offers (workspace_id, id)
) STRICT;
CREATE INDEX order_items_order ON order_items (workspace_id, order_id, position) WHERE order_id <> '';

CREATE TABLE subscriptions (
    workspace_id  TEXT NOT NULL,
    id            TEXT NOT NULL,
    contact_id    TEXT NOT NULL,
    offer_id      TEXT NOT NULL,
    order_id      TEXT,
    state         TEXT NOT NULL,
    amount        INTEGER NOT NULL,
    currency      TEXT NOT NULL,
    interval      TEXT NOT NULL DEFAULT '',
    payments_made INTEGER NOT NULL,
    trial_ends_at INTEGER NOT NULL DEFAULT 0,
    renewed_at    INTEGER NOT NULL DEFAULT 0,
    canceled_at   INTEGER NOT NULL DEFAULT 0,
    reason        TEXT NOT NULL DEFAULT '',
    external_id   TEXT NOT NULL DEFAULT '',
    run_id        TEXT NOT NULL DEFAULT '',
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id),
    FOREIGN KEY (workspace_id, offer_id) REFERENCES offers (workspace_id, id),
    FOREIGN KEY (workspace_id, order_id) REFERENCES orders (workspace_id, id)
) STRICT;
CREATE INDEX subscriptions_contact ON subscriptions (workspace_id, contact_id, id) WHERE contact_id <> '';
CREATE UNIQUE INDEX subscriptions_external ON subscriptions (workspace_id, external_id) WHERE external_id <> '';

CREATE TABLE purchases (
    workspace_id    TEXT NOT NULL,
    id              TEXT NOT NULL,
    number          INTEGER NOT NULL UNIQUE,
    contact_id      TEXT NOT NULL,
    offer_id        TEXT NOT NULL,
    order_id        TEXT,
    subscription_id TEXT,
    payment_type    TEXT NOT NULL,
    amount          INTEGER NOT NULL,
    currency        TEXT NOT NULL,
    quantity        INTEGER NOT NULL,
    payments_made   INTEGER NOT NULL,
    coupon          TEXT NOT NULL DEFAULT '',
    source          TEXT NOT NULL DEFAULT '',
    referrer        TEXT NOT NULL DEFAULT '',
    external_id     TEXT NOT NULL DEFAULT '',
    run_id          TEXT NOT NULL DEFAULT '',
    deactivated_at  INTEGER NOT NULL DEFAULT 0,
    reason          TEXT NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id),
    FOREIGN KEY (workspace_id, offer_id) REFERENCES offers (workspace_id, id),
    FOREIGN KEY (workspace_id, order_id) REFERENCES orders (workspace_id, id),
    FOREIGN KEY (workspace_id, subscription_id) REFERENCES subscriptions (workspace_id, id)
) STRICT;
CREATE INDEX purchases_contact ON purchases (workspace_id, contact_id, id) WHERE contact_id <> '';
CREATE INDEX purchases_offer ON purchases (workspace_id, offer_id, id) WHERE offer_id <> '';
CREATE UNIQUE INDEX purchases_external ON purchases (workspace_id, external_id) WHERE external_id <> '';

-- offer_ids lists ids between commas, with one before and behind each, so that
-- one can be looked for.
CREATE TABLE payments (
    workspace_id    TEXT NOT NULL,
    id              TEXT NOT NULL,
    number          INTEGER NOT NULL UNIQUE,
    contact_id      TEXT NOT NULL,
    kind            TEXT NOT NULL,
    state           TEXT NOT NULL,
    offer_ids       TEXT NOT NULL,
    amount          INTEGER NOT NULL,
    tax             INTEGER NOT NULL,
    refunded        INTEGER NOT NULL,
    currency        TEXT NOT NULL,
    reason          TEXT NOT NULL DEFAULT '',
    order_id        TEXT,
    purchase_id     TEXT,
    subscription_id TEXT,
    external_id     TEXT NOT NULL DEFAULT '',
    run_id          TEXT NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id),
    FOREIGN KEY (workspace_id, order_id) REFERENCES orders (workspace_id, id),
    FOREIGN KEY (workspace_id, purchase_id) REFERENCES purchases (workspace_id, id),
    FOREIGN KEY (workspace_id, subscription_id) REFERENCES subscriptions (workspace_id, id)
) STRICT;
CREATE INDEX payments_contact ON payments (workspace_id, contact_id, id) WHERE contact_id <> '';
CREATE INDEX payments_order ON payments (workspace_id, order_id, id) WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX payments_external ON payments (workspace_id, external_id) WHERE external_id <> '';

CREATE TABLE course_events (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    contact_id   TEXT NOT NULL,
    kind         TEXT NOT NULL,
    course       TEXT NOT NULL,
    product_id   TEXT,
    lesson       TEXT NOT NULL DEFAULT '',
    percent      INTEGER NOT NULL DEFAULT 0,
    external_id  TEXT NOT NULL DEFAULT '',
    run_id       TEXT NOT NULL DEFAULT '',
    occurred_at  INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts (workspace_id, id),
    FOREIGN KEY (workspace_id, product_id) REFERENCES products (workspace_id, id)
) STRICT;
CREATE INDEX course_events_contact ON course_events (workspace_id, contact_id, id) WHERE contact_id <> '';
CREATE UNIQUE INDEX course_events_external ON course_events (workspace_id, external_id) WHERE external_id <> '';

-- slug is the public end of the form's address. key signs when a page was given
-- out.
CREATE TABLE forms (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id           TEXT NOT NULL,
    number       INTEGER NOT NULL UNIQUE,
    slug         TEXT NOT NULL UNIQUE,
    title        TEXT NOT NULL,
    intro        TEXT NOT NULL DEFAULT '',
    button       TEXT NOT NULL DEFAULT '',
    fields       BLOB NOT NULL,
    thank_you    TEXT NOT NULL DEFAULT '',
    redirect_url TEXT NOT NULL DEFAULT '',
    tags         BLOB,
    offers       BLOB,
    open         BOOL NOT NULL,
    key          BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
) STRICT;

CREATE TABLE form_submissions (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    number       INTEGER NOT NULL UNIQUE,
    form_id      TEXT NOT NULL,
    contact_id   TEXT NOT NULL DEFAULT '',
    answers      BLOB,
    state        TEXT NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    source       TEXT NOT NULL DEFAULT '',
    ip           TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, form_id) REFERENCES forms (workspace_id, id)
) STRICT;
CREATE INDEX form_submissions_form ON form_submissions (workspace_id, form_id, id) WHERE form_id <> '';
CREATE INDEX form_submissions_contact ON form_submissions (workspace_id, contact_id) WHERE contact_id <> '';
