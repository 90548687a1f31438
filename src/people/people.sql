-- Accounts, roles, sessions and what proves who somebody is. No public page is made of any of it.
-- topic: none

-- people_organisation_add: an organisation
-- in: key id, name text, kind text, iso3 text, member text, now ms    gives: count
INSERT INTO people_organisation (id, name, kind, iso3, member, made_at, closed_at)
VALUES (:key, :name, :kind, :iso3, :member, :now, 0);

-- people_organisation_change: what it is called and what it is
-- in: key id, name text, kind text, iso3 text, member text    gives: count
UPDATE people_organisation SET name = :name, kind = :kind, iso3 = :iso3, member = :member WHERE id = :key;

-- people_organisation_close: it takes part no more, or does again (0)
-- in: key id, closed_at ms    gives: count
UPDATE people_organisation SET closed_at = :closed_at WHERE id = :key;

-- people_organisation_get: one
-- in: key id    gives: maybe one
-- out: people_organisation { id id, name text, kind text, iso3 text, member text, made_at ms, closed_at ms }
SELECT id AS id, name AS name, kind AS kind, iso3 AS iso3, member AS member, made_at AS made_at, closed_at AS closed_at
  FROM people_organisation WHERE id = :key;

-- people_organisations_all: every one
-- in:    gives: many
-- out: people_organisation { id id, name text, kind text, iso3 text, member text, made_at ms, closed_at ms }
SELECT id AS id, name AS name, kind AS kind, iso3 AS iso3, member AS member, made_at AS made_at, closed_at AS closed_at
  FROM people_organisation ORDER BY id;

-- people_person_add: an account, unless its address has one
-- in: key id, mail_hash bytes, mail sealed, called sealed, lang text, password text, now ms, keep_until ms    gives: count
INSERT INTO people_person (id, mail_hash, mail, called, lang, password, made_at, seen_at, ended_at, keep_until)
VALUES (:key, :mail_hash, :mail, :called, :lang, :password, :now, :now, 0, :keep_until) ON CONFLICT (mail_hash) DO NOTHING;

-- people_person_get: an account
-- in: key id    gives: maybe one
-- out: people_row { id id, mail sealed, called sealed, lang text, password text, made_at ms, seen_at ms, ended_at ms, keep_until ms }
SELECT id AS id, mail AS mail, called AS called, lang AS lang, password AS password, made_at AS made_at, seen_at AS seen_at,
       ended_at AS ended_at, keep_until AS keep_until
  FROM people_person WHERE id = :key;

-- people_person_by_mail: the account of an address
-- in: mail_hash bytes    gives: maybe one
-- out: people_row { id id, mail sealed, called sealed, lang text, password text, made_at ms, seen_at ms, ended_at ms, keep_until ms }
SELECT id AS id, mail AS mail, called AS called, lang AS lang, password AS password, made_at AS made_at, seen_at AS seen_at,
       ended_at AS ended_at, keep_until AS keep_until
  FROM people_person WHERE mail_hash = :mail_hash;

-- people_persons_all: every account
-- in:    gives: many
-- out: people_row { id id, mail sealed, called sealed, lang text, password text, made_at ms, seen_at ms, ended_at ms, keep_until ms }
SELECT id AS id, mail AS mail, called AS called, lang AS lang, password AS password, made_at AS made_at, seen_at AS seen_at,
       ended_at AS ended_at, keep_until AS keep_until
  FROM people_person ORDER BY id;

-- people_person_renew: an account that is used lives on, sealed for its new month
-- in: key id, mail sealed, called sealed, keep_until ms    gives: count
UPDATE people_person SET mail = :mail, called = :called, keep_until = :keep_until WHERE id = :key;

-- people_person_seen: somebody signed in
-- in: key id, now ms    gives: count
UPDATE people_person SET seen_at = :now WHERE id = :key;

-- people_person_change: name and language
-- in: key id, called sealed, lang text    gives: count
UPDATE people_person SET called = :called, lang = :lang WHERE id = :key;

-- people_password_set: a new password
-- in: key id, password text    gives: count
UPDATE people_person SET password = :password WHERE id = :key;

-- people_person_end: the account is closed, or opened again (0)
-- in: key id, ended_at ms    gives: count
UPDATE people_person SET ended_at = :ended_at WHERE id = :key;

-- people_person_forget: nothing of the account stays
-- in: key id    gives: count
DELETE FROM people_person WHERE id = :key;

-- people_grant_add: a role
-- in: person id, role text, organisation id, given_by id, now ms    gives: count
INSERT INTO people_grant (person, role, organisation, given_by, given_at)
VALUES (:person, :role, :organisation, :given_by, :now) ON CONFLICT (person, role, organisation) DO NOTHING;

-- people_grant_drop: a role is taken away
-- in: person id, role text, organisation id    gives: count
DELETE FROM people_grant WHERE person = :person AND role = :role AND organisation = :organisation;

-- people_grants_of: the roles of one; those in organisations that closed are worth nothing
-- in: person id    gives: many
-- out: people_granted { person id, role text, organisation id, organisation_name text, given_by id, given_at ms, is_closed bool }
SELECT g.person AS person, g.role AS role, g.organisation AS organisation, COALESCE(o.name, '') AS organisation_name,
       g.given_by AS given_by, g.given_at AS given_at,
       CAST(CASE WHEN COALESCE(o.closed_at, 0) > 0 THEN 1 ELSE 0 END AS BIGINT) AS is_closed
  FROM people_grant g LEFT JOIN people_organisation o ON o.id = g.organisation
 WHERE g.person = :person ORDER BY g.organisation, g.role;

-- people_grants_all: the roles of all
-- in:    gives: many
-- out: people_granted { person id, role text, organisation id, organisation_name text, given_by id, given_at ms, is_closed bool }
SELECT g.person AS person, g.role AS role, g.organisation AS organisation, COALESCE(o.name, '') AS organisation_name,
       g.given_by AS given_by, g.given_at AS given_at,
       CAST(CASE WHEN COALESCE(o.closed_at, 0) > 0 THEN 1 ELSE 0 END AS BIGINT) AS is_closed
  FROM people_grant g LEFT JOIN people_organisation o ON o.id = g.organisation
 ORDER BY g.person, g.organisation, g.role;

-- people_role_count: how many open accounts have a role everywhere
-- in: role text    gives: one
-- out: people_count { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM people_grant g JOIN people_person p ON p.id = g.person
 WHERE g.role = :role AND g.organisation = 0 AND p.ended_at = 0;

-- people_invite_add: a link that makes an account, or a new password
-- in: key id, key_hash bytes, purpose text, mail sealed, called sealed, lang text, role text, organisation id, person id, made_by id, now ms, keep_until ms    gives: count
INSERT INTO people_invite (id, key_hash, purpose, mail, called, lang, role, organisation, person, made_by, made_at, keep_until)
VALUES (:key, :key_hash, :purpose, :mail, :called, :lang, :role, :organisation, :person, :made_by, :now, :keep_until);

-- people_invite_get: the one a link belongs to
-- in: key_hash bytes    gives: maybe one
-- out: people_invited { id id, purpose text, mail sealed, called sealed, lang text, role text, organisation id, person id, made_by id, made_at ms, keep_until ms }
SELECT id AS id, purpose AS purpose, mail AS mail, called AS called, lang AS lang, role AS role, organisation AS organisation,
       person AS person, made_by AS made_by, made_at AS made_at, keep_until AS keep_until
  FROM people_invite WHERE key_hash = :key_hash;

-- people_invites_all: every link that is still open
-- in: now ms    gives: many
-- out: people_invited { id id, purpose text, mail sealed, called sealed, lang text, role text, organisation id, person id, made_by id, made_at ms, keep_until ms }
SELECT id AS id, purpose AS purpose, mail AS mail, called AS called, lang AS lang, role AS role, organisation AS organisation,
       person AS person, made_by AS made_by, made_at AS made_at, keep_until AS keep_until
  FROM people_invite WHERE keep_until > :now ORDER BY id;

-- people_invite_drop: used, or withdrawn
-- in: key id    gives: count
DELETE FROM people_invite WHERE id = :key;

-- people_invites_drop_for: links for the same purpose and account, or for the first administrator
-- in: purpose text, person id    gives: count
DELETE FROM people_invite WHERE purpose = :purpose AND person = :person;

-- people_session_add: somebody signed in
-- in: key id, key_hash bytes, person id, is_half bool, now ms, keep_until ms    gives: count
INSERT INTO people_session (id, key_hash, person, is_half, begun_at, seen_at, keep_until)
VALUES (:key, :key_hash, :person, :is_half, :now, :now, :keep_until);

-- people_session_get: whose session a cookie is
-- in: key_hash bytes, now ms, idle_since ms    gives: maybe one
-- out: people_session { id id, person id, is_half bool, begun_at ms, seen_at ms, called sealed, keep_until ms }
SELECT s.id AS id, s.person AS person, CAST(s.is_half AS BIGINT) AS is_half, s.begun_at AS begun_at, s.seen_at AS seen_at,
       p.called AS called, s.keep_until AS keep_until
  FROM people_session s JOIN people_person p ON p.id = s.person
 WHERE s.key_hash = :key_hash AND s.keep_until > :now AND s.seen_at > :idle_since AND p.ended_at = 0;

-- people_session_seen: it is used
-- in: key id, now ms    gives: count
UPDATE people_session SET seen_at = :now WHERE id = :key;

-- people_session_drop: it is over
-- in: key id, person id    gives: count
DELETE FROM people_session WHERE id = :key AND person = :person;

-- people_sessions_drop_but: all of an account's sessions but one (0: all)
-- in: person id, but id    gives: count
DELETE FROM people_session WHERE person = :person AND id <> :but;

-- people_sessions_of: an account's open sessions
-- in: person id, now ms, idle_since ms    gives: many
-- out: people_open { id id, is_half bool, begun_at ms, seen_at ms }
SELECT id AS id, CAST(is_half AS BIGINT) AS is_half, begun_at AS begun_at, seen_at AS seen_at
  FROM people_session WHERE person = :person AND keep_until > :now AND seen_at > :idle_since ORDER BY id DESC;

-- people_totp_put: a new authenticator app, not yet proved
-- in: person id, secret sealed, now ms, keep_until ms    gives: count
INSERT INTO people_totp (person, secret, step, is_proved, made_at, keep_until)
VALUES (:person, :secret, 0, 0, :now, :keep_until)
    ON CONFLICT (person) DO UPDATE SET secret = :secret, step = 0, is_proved = 0, made_at = :now, keep_until = :keep_until;

-- people_totp_get: the authenticator app of an account
-- in: person id    gives: maybe one
-- out: people_authenticator { secret sealed, step int, is_proved bool, made_at ms }
SELECT secret AS secret, step AS step, CAST(is_proved AS BIGINT) AS is_proved, made_at AS made_at
  FROM people_totp WHERE person = :person;

-- people_totp_used: its last accepted step
-- in: person id, step int    gives: count
UPDATE people_totp SET step = :step, is_proved = 1 WHERE person = :person AND step < :step;

-- people_totp_renew: lives as long as its account
-- in: person id, secret sealed, keep_until ms    gives: count
UPDATE people_totp SET secret = :secret, keep_until = :keep_until WHERE person = :person;

-- people_totp_drop: no authenticator app any more
-- in: person id    gives: count
DELETE FROM people_totp WHERE person = :person;

-- people_passkey_add: a passkey, unless somebody has it
-- in: key id, person id, credential bytes, cose bytes, counter int, may_be_backed_up bool, label text, now ms, keep_until ms    gives: count
INSERT INTO people_passkey (id, person, credential, cose, counter, may_be_backed_up, label, made_at, used_at, keep_until)
VALUES (:key, :person, :credential, :cose, :counter, :may_be_backed_up, :label, :now, :now, :keep_until)
    ON CONFLICT (credential) DO NOTHING;

-- people_passkeys_of: an account's passkeys
-- in: person id    gives: many
-- out: people_key { id id, person id, credential bytes, cose bytes, counter int, may_be_backed_up bool, label text, made_at ms, used_at ms }
SELECT id AS id, person AS person, credential AS credential, cose AS cose, counter AS counter,
       CAST(may_be_backed_up AS BIGINT) AS may_be_backed_up, label AS label, made_at AS made_at, used_at AS used_at
  FROM people_passkey WHERE person = :person ORDER BY id;

-- people_passkey_by_credential: whose passkey it is
-- in: credential bytes    gives: maybe one
-- out: people_key { id id, person id, credential bytes, cose bytes, counter int, may_be_backed_up bool, label text, made_at ms, used_at ms }
SELECT id AS id, person AS person, credential AS credential, cose AS cose, counter AS counter,
       CAST(may_be_backed_up AS BIGINT) AS may_be_backed_up, label AS label, made_at AS made_at, used_at AS used_at
  FROM people_passkey WHERE credential = :credential;

-- people_passkey_used: it signed
-- in: key id, counter int, now ms    gives: count
UPDATE people_passkey SET counter = :counter, used_at = :now WHERE id = :key;

-- people_passkey_drop: a passkey is taken away
-- in: key id, person id    gives: count
DELETE FROM people_passkey WHERE id = :key AND person = :person;

-- people_passkeys_drop_of: all of them
-- in: person id    gives: count
DELETE FROM people_passkey WHERE person = :person;

-- people_passkeys_renew: they live as long as their account
-- in: person id, keep_until ms    gives: count
UPDATE people_passkey SET keep_until = :keep_until WHERE person = :person;

-- people_recovery_add: a recovery code's hash
-- in: person id, hash bytes    gives: count
INSERT INTO people_recovery (person, hash) VALUES (:person, :hash) ON CONFLICT (person, hash) DO NOTHING;

-- people_recovery_use: a code is good once
-- in: person id, hash bytes    gives: count
DELETE FROM people_recovery WHERE person = :person AND hash = :hash;

-- people_recovery_drop: all of them
-- in: person id    gives: count
DELETE FROM people_recovery WHERE person = :person;

-- people_recovery_count: how many are left
-- in: person id    gives: one
-- out: people_count { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM people_recovery WHERE person = :person;

-- people_slow_get: how an account's sign-in is slowed
-- in: account bytes, now ms    gives: maybe one
-- out: people_slowed { tries int, wait_until ms }
SELECT tries AS tries, wait_until AS wait_until FROM people_slow WHERE account = :account AND keep_until > :now;

-- people_slow_put: one more try
-- in: account bytes, tries int, wait_until ms, keep_until ms    gives: count
INSERT INTO people_slow (account, tries, wait_until, keep_until) VALUES (:account, :tries, :wait_until, :keep_until)
    ON CONFLICT (account) DO UPDATE SET tries = :tries, wait_until = :wait_until, keep_until = :keep_until;

-- people_slow_drop: it went well
-- in: account bytes    gives: count
DELETE FROM people_slow WHERE account = :account;
