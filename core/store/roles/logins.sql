-- What members' sessions call themselves; everything else is called by the guards.
DO $duban$
DECLARE
  one regprocedure;
BEGIN
  EXECUTE format('ALTER TABLE duban_login OWNER TO %I', @owner@);
  EXECUTE format('ALTER TABLE duban_claim OWNER TO %I', @owner@);
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = @schema_name@::regnamespace
      AND starts_with(proname, 'duban_') LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO %I', one, @owner@);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
  END LOOP;
END $duban$;
GRANT EXECUTE ON FUNCTION duban_handle() TO PUBLIC;
GRANT EXECUTE ON FUNCTION duban_me(), duban_head(), duban_projects(),
  duban_sees_entry(bigint, bigint) TO @reader_role@;

-- A role for each member. Whoever left, or only looks on now, loses what they had.
DO $duban$
DECLARE
  one record;
BEGIN
  FOR one IN SELECT * FROM (VALUES
      @logins@
    ) AS known (role, person, writes) WHERE role IS NOT NULL LOOP
    IF EXISTS (SELECT FROM duban_login WHERE role = one.role AND person_id <> one.person) THEN
      RAISE EXCEPTION USING ERRCODE = '@clash_state@', MESSAGE = format(
        'duban: role %s was somebody else''s; drop it, and its row in duban_login', one.role);
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one.role) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', one.role);
    ELSIF pg_has_role(one.role::name, @owner@::name, 'MEMBER') THEN
      RAISE EXCEPTION USING ERRCODE = '@clash_state@', MESSAGE = format(
        'duban: role %s owns the tables; take another --prefix', one.role);
    END IF;
    INSERT INTO duban_login VALUES (one.role, one.person) ON CONFLICT DO NOTHING;
    IF one.writes THEN
      EXECUTE format('GRANT %I TO %I', @member@, one.role);
    ELSE
      EXECUTE format('GRANT %I TO %I', @reader@, one.role);
    END IF;
  END LOOP;
  FOR one IN
    SELECT granted.rolname AS held, holder.rolname AS role FROM pg_auth_members
    JOIN pg_roles granted ON granted.oid = roleid JOIN pg_roles holder ON holder.oid = member
    WHERE granted.rolname IN (@reader@, @member@)
      AND holder.rolname NOT IN (@reader@, @member@) AND NOT EXISTS (
        SELECT FROM (VALUES
          @logins@
        ) AS known (role, person, writes) WHERE known.role = holder.rolname
          AND granted.rolname = CASE WHEN known.writes THEN @member@ ELSE @reader@ END)
  LOOP
    EXECUTE format('REVOKE %I FROM %I', one.held, one.role);
  END LOOP;
END $duban$;
