-- Whoever is shut out is out everywhere at once and stays out when let in again later: whatever code
-- does the shutting out, nothing that signs in survives it.
-- only sqlite
CREATE TRIGGER account_end AFTER UPDATE OF active ON account WHEN NEW.active = 0
BEGIN
    DELETE FROM session WHERE account_id = NEW.id;
    DELETE FROM login_device WHERE account_id = NEW.id;
    DELETE FROM one_time WHERE account_id = NEW.id;
    UPDATE api_token SET revoked_at = NEW.updated_at WHERE account_id = NEW.id AND revoked_at IS NULL;
END;
CREATE TRIGGER person_end AFTER UPDATE OF active ON person WHEN NEW.active = 0
BEGIN
    DELETE FROM session WHERE account_id IN (SELECT id FROM account WHERE person_id = NEW.id);
    DELETE FROM login_device WHERE account_id IN (SELECT id FROM account WHERE person_id = NEW.id);
    DELETE FROM one_time WHERE account_id IN (SELECT id FROM account WHERE person_id = NEW.id);
    UPDATE api_token SET revoked_at = NEW.updated_at
        WHERE account_id IN (SELECT id FROM account WHERE person_id = NEW.id) AND revoked_at IS NULL;
END;
-- end
-- only postgres
CREATE FUNCTION account_end() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone BIGINT;
BEGIN
    IF TG_TABLE_NAME = 'account' THEN
        gone := NEW.id;
    ELSE
        SELECT a.id INTO gone FROM account a WHERE a.person_id = NEW.id;
    END IF;
    DELETE FROM session WHERE account_id = gone;
    DELETE FROM login_device WHERE account_id = gone;
    DELETE FROM one_time WHERE account_id = gone;
    UPDATE api_token SET revoked_at = NEW.updated_at WHERE account_id = gone AND revoked_at IS NULL;
    RETURN NEW;
END;
$$;
CREATE TRIGGER account_end AFTER UPDATE OF active ON account FOR EACH ROW WHEN (NEW.active = 0) EXECUTE FUNCTION account_end();
CREATE TRIGGER person_end AFTER UPDATE OF active ON person FOR EACH ROW WHEN (NEW.active = 0) EXECUTE FUNCTION account_end();
-- end
