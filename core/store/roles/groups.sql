-- The two groups: who reads, and who writes too. They belong to this database alone.
DO $duban$
DECLARE
  name text;
  home text;
BEGIN
  FOREACH name IN ARRAY ARRAY[@reader@, @member@] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    END IF;
    SELECT substr(description, 8) INTO home FROM pg_roles
      JOIN pg_shdescription ON objoid = pg_roles.oid AND classoid = 'pg_authid'::regclass
      WHERE rolname = name AND description LIKE 'duban: %';
    IF home <> @database@ AND EXISTS (SELECT FROM pg_database WHERE datname = home) THEN
      RAISE EXCEPTION USING ERRCODE = '@clash_state@', MESSAGE = format(
        'duban: role %s belongs to the database %s; take another --prefix', name, home);
    END IF;
    IF home IS DISTINCT FROM @database@ THEN
      EXECUTE format('COMMENT ON ROLE %I IS %L', name, 'duban: ' || @database@);
    END IF;
  END LOOP;
  -- Nobody puts a function where those of duban would find it first.
  IF EXISTS (SELECT FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) acl
      WHERE nspname = @schema_name@ AND acl.grantee = 0 AND acl.privilege_type = 'CREATE') THEN
    REVOKE CREATE ON SCHEMA @schema@ FROM PUBLIC;
  END IF;
END $duban$;
GRANT USAGE ON SCHEMA @schema@ TO @reader_role@, @member_role@;
GRANT @reader_role@ TO @member_role@;
