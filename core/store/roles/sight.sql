-- Who is connected, and what they see.

CREATE TABLE IF NOT EXISTS duban_login (role text PRIMARY KEY, person_id bigint NOT NULL);
COMMENT ON TABLE duban_login IS
  'Whose each role is. A name stays with its person: no other ever acts under it.';
ALTER TABLE duban_login ENABLE ROW LEVEL SECURITY;

-- The person whose role is connected; NULL for the service account and for strangers.
-- SET ROLE changes nothing here: session_user is who proved to be somebody.
CREATE OR REPLACE FUNCTION duban_me() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
  RETURN (SELECT person.id FROM duban_login JOIN person ON person.id = duban_login.person_id
  WHERE duban_login.role = session_user::text
    AND NOT person.placeholder AND person.merged_into_id IS NULL);
END $$;

-- The same as a handle; '' for the service account, which acts for anybody.
CREATE OR REPLACE FUNCTION duban_handle() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
  RETURN CASE WHEN pg_has_role(session_user, @owner@::name, 'MEMBER') THEN ''
    ELSE (SELECT handle FROM person WHERE id = duban_me()) END;
END $$;

-- The newest event, whether or not whoever writes the next one sees it.
CREATE OR REPLACE FUNCTION duban_head(OUT number bigint, OUT hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
  SELECT event.number, event.hash::text FROM event ORDER BY event.number DESC LIMIT 1
$$;

-- Whether somebody leads a project: by name, by its department, or by role.
-- The role counts in the project's own department, or where one of the two has none.
CREATE OR REPLACE FUNCTION duban_leads(who bigint, home bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN CASE WHEN home IS NULL
    THEN EXISTS (SELECT 1 FROM person WHERE id = who AND role = 'lead')
    ELSE EXISTS (
      SELECT 1 FROM person, project LEFT JOIN department ON department.id = project.department_id
      WHERE person.id = who AND project.id = home
        AND (who IN (project.lead_id, department.lead_id) OR person.role = 'lead'
          AND (person.department_id IS NULL OR project.department_id IS NULL
            OR project.department_id = person.department_id)))
    END;
END $$;

-- The projects that whoever is connected sees: all that are not restricted; of the others those
-- that they are a member of, lead, or own or accept a task in. Administrators see all. Whoever
-- gives a task back sees its project until that is written down.
CREATE OR REPLACE FUNCTION duban_projects() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
  RETURN coalesce(array_agg(project.id), '{}') FROM project, person me
  WHERE me.id = duban_me() AND (NOT project.restricted OR me.role = 'admin'
    OR duban_leads(me.id, project.id)
    OR EXISTS (SELECT 1 FROM project_member member
      WHERE member.project_id = project.id AND member.person_id = me.id)
    OR EXISTS (SELECT 1 FROM task
      WHERE task.project_id = project.id AND me.id IN (task.owner_id, task.acceptor_id))
    OR EXISTS (SELECT 1 FROM assignment given JOIN task ON task.id = given.task_id
      WHERE given.owner_id = me.id AND task.project_id = project.id AND given.ended
        >= (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint - @patience@));
END $$;

-- Whether whoever is connected sees a restricted entry of the sync log (R95).
CREATE OR REPLACE FUNCTION duban_sees_entry(entry bigint, home bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM person me WHERE me.id = duban_me() AND (
      me.role = 'lead'
      OR EXISTS (SELECT 1 FROM sync_audience told WHERE told.entry_id = entry
        AND (told.person_id = me.id OR told.department_id = me.department_id))
      OR EXISTS (SELECT 1 FROM project LEFT JOIN department ON department.id = project.department_id
        WHERE project.id = home AND me.id IN (project.lead_id, department.lead_id))));
END $$;
