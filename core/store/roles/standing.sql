-- Who may do what: the table of core/policies/rights.py, and what somebody is to a task.

CREATE OR REPLACE FUNCTION duban_cells(what text) RETURNS TABLE (standing text, cell text)
LANGUAGE sql IMMUTABLE AS $$
  SELECT known.standing, known.cell FROM (VALUES
    @cells@
  ) AS known (act, standing, cell) WHERE known.act = what
$$;

-- Whether a project lets its people accept their own work, and one person works there alone: as
-- lone_projects of core/store/own_work.py.
CREATE OR REPLACE FUNCTION duban_alone(home bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM project
    LEFT JOIN department ON department.id = project.department_id
    WHERE project.id = home AND project.self_accept AND (
      SELECT count(*) FROM person WHERE person.role <> 'observer' AND NOT person.placeholder
        AND person.merged_into_id IS NULL AND (NOT project.restricted
          OR person.id IN (project.lead_id, department.lead_id)
          OR EXISTS (SELECT 1 FROM project_member
            WHERE project_id = home AND person_id = person.id)
          OR EXISTS (SELECT 1 FROM task
            WHERE project_id = home AND person.id IN (owner_id, acceptor_id)))) <= 1);
END $$;

-- Whose work a task is: nobody of them accepts it, unless they work alone.
CREATE OR REPLACE FUNCTION duban_own(which bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (WITH rejected AS (
    SELECT coalesce(max(decided), 0) AS at FROM review
    WHERE task_id = which AND verdict = 'sent-back')
  SELECT coalesce(array_agg(DISTINCT one.id), '{}') FROM (
    SELECT owner_id AS id FROM assignment, rejected
      WHERE task_id = which AND (ended IS NULL OR ended >= rejected.at)
    UNION ALL SELECT submitted_by_id FROM review, rejected
      WHERE task_id = which AND submitted > rejected.at
    UNION ALL SELECT owner_id FROM task WHERE id = which
    UNION ALL SELECT submitted_by_id FROM task WHERE id = which
  ) one WHERE one.id IS NOT NULL);
END $$;

-- Whoever may accept in the acceptor's seat now: the acceptor, while they are there and it is not
-- their own work; else also the leads of project and department, and those above all of them.
CREATE OR REPLACE FUNCTION duban_acceptors(which bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  seats bigint[];
  own bigint[];
  today date;
  first_one bigint;
BEGIN
  SELECT array_remove(ARRAY[task.acceptor_id, project.lead_id, department.lead_id], NULL),
      CASE WHEN duban_alone(project.id) THEN '{}' ELSE duban_own(which) END,
      (now() AT TIME ZONE project.time_zone)::date
    INTO seats, own, today
    FROM task JOIN project ON project.id = task.project_id
    LEFT JOIN department ON department.id = project.department_id WHERE task.id = which;
  SELECT person.id INTO first_one FROM person WHERE person.id = seats[1]
    AND person.id <> ALL (own) AND NOT person.placeholder AND person.merged_into_id IS NULL
    AND person.role <> 'observer' AND (person.away_until IS NULL OR person.away_until < today);
  IF first_one IS NOT NULL THEN
    RETURN ARRAY[first_one];
  END IF;
  RETURN (
    WITH RECURSIVE above (id) AS (
      SELECT unnest(seats)
      UNION SELECT coalesce(person.merged_into_id, person.manager_id)
        FROM above JOIN person ON person.id = above.id
        WHERE coalesce(person.merged_into_id, person.manager_id) IS NOT NULL)
    SELECT coalesce(array_agg(person.id), '{}') FROM above JOIN person ON person.id = above.id
    WHERE person.id <> ALL (own) AND NOT person.placeholder AND person.merged_into_id IS NULL
      AND person.role <> 'observer');
END $$;

-- Whether the table lets whoever is connected do it to the project or task. ``handler`` is whose
-- an issue is to resolve. Whether judged work is their own is asked apart: duban_judges.
CREATE OR REPLACE FUNCTION duban_may(what text, home bigint, which bigint, handler bigint)
RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  me person%ROWTYPE;
  it task%ROWTYPE;
  is_it text[];
  place bigint := home;
  own boolean := false;
BEGIN
  SELECT * INTO me FROM person WHERE id = duban_me();
  IF NOT FOUND OR me.role = 'observer' THEN
    RETURN false;
  END IF;
  is_it := ARRAY[CASE me.role WHEN 'admin' THEN 'admin' ELSE 'member' END];
  IF which IS NOT NULL THEN
    SELECT * INTO it FROM task WHERE id = which;
    place := it.project_id;
    own := it.initiator_id = me.id AND it.state IN (@before_start@)
      AND (it.owner_id IS NULL OR it.owner_id = me.id);
    IF it.owner_id = me.id THEN
      is_it := is_it || ARRAY['owner', 'member'];
    END IF;
    IF EXISTS (SELECT 1 FROM collaborator WHERE task_id = which
        AND (person_id = me.id OR department_id = me.department_id)) THEN
      is_it := is_it || ARRAY['collaborator', 'member'];
    END IF;
    IF EXISTS (SELECT 1 FROM duban_cells(what) known WHERE known.standing = 'acceptor'
        AND known.cell <> '@no@') AND me.id = ANY (duban_acceptors(which)) THEN
      is_it := is_it || ARRAY['acceptor', 'member'];
    END IF;
  END IF;
  IF duban_leads(me.id, place) THEN
    is_it := is_it || ARRAY['lead', 'member'];
  END IF;
  IF what = 'resolve' THEN
    own := handler = me.id;
  END IF;
  RETURN EXISTS (SELECT 1 FROM duban_cells(what) known WHERE known.standing = ANY (is_it)
    AND (known.cell IN ('@yes@', '@not_own@') OR known.cell = '@own@' AND own));
END $$;

CREATE OR REPLACE FUNCTION duban_may(what text, home bigint, which bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN duban_may(what, home, which, NULL);
END $$;

-- Whether whoever is connected may give the verdict on a task, its state apart.
CREATE OR REPLACE FUNCTION duban_judges(which bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM task JOIN project ON project.id = task.project_id
    WHERE task.id = which AND CASE WHEN duban_alone(project.id)
      THEN duban_may('judge', NULL, which) OR duban_me() IN (task.owner_id, task.submitted_by_id)
      ELSE duban_me() <> ALL (duban_own(which)) AND duban_may('judge', NULL, which) END);
END $$;

-- Whether they have more to do with a task, or an issue, than any other member.
CREATE OR REPLACE FUNCTION duban_concerned(home bigint, which bigint, trouble bigint)
RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM person me WHERE me.id = duban_me() AND me.role <> 'observer' AND (
    duban_leads(me.id, home)
    OR duban_judges(which)
    OR EXISTS (SELECT 1 FROM task WHERE id = which AND me.id IN (owner_id, initiator_id))
    OR EXISTS (SELECT 1 FROM collaborator WHERE task_id = which
      AND (person_id = me.id OR department_id = me.department_id))
    OR EXISTS (SELECT 1 FROM issue WHERE id = trouble
      AND me.id IN (coalesce(handler_id, me.id), reporter_id))));
END $$;
