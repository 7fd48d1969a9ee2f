-- The guards of all other tables: a check each, which is given what was, what shall be and the
-- columns that differ. For a new row ``was`` is NULL, for one that is removed ``now_`` is. The
-- trigger names the columns that name a person, and those that may be set later.

CREATE OR REPLACE FUNCTION duban_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
  was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  now_ jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  changed text[] := '{}';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    changed := duban_changed(was, now_);
    IF changed = '{}' OR duban_merges(changed, was, now_, string_to_array(TG_ARGV[0], ' ')) THEN
      RETURN NEW;
    END IF;
    PERFORM duban_need(changed <@ string_to_array(TG_ARGV[1], ' '), 'what was written stays');
    IF was ? 'version' THEN
      PERFORM duban_need_next((was ->> 'version')::int, (now_ ->> 'version')::int);
      changed := array_remove(changed, 'version');
      PERFORM duban_need(changed <> '{}', 'nothing changes');
    END IF;
  END IF;
  EXECUTE format('SELECT %I($1, $2, $3)', 'duban_check_' || TG_TABLE_NAME)
    USING was, now_, changed;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION duban_of(row_ jsonb, name text) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT (row_ ->> name)::bigint
$$;

-- Somebody who is on the team and no observer.
CREATE OR REPLACE FUNCTION duban_need_member() RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need(EXISTS (SELECT 1 FROM person WHERE id = duban_me() AND role <> 'observer'),
    'only members write');
END $$;

-- What stands in one's own name, a placeholder's, or is told by a table.
CREATE OR REPLACE FUNCTION duban_need_author(who bigint, home bigint) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need(who = duban_me() OR duban_may('rules', home, NULL)
    OR EXISTS (SELECT 1 FROM person WHERE id = who AND placeholder), 'write in another''s name');
END $$;

-- Whether whoever is connected may add to, change or remove what a task says of itself in rows
-- of another table: added and removed while it is open, changed until it is put away.
CREATE OR REPLACE FUNCTION duban_words(was jsonb, now_ jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  which bigint := duban_of(coalesce(now_, was), 'task_id');
BEGIN
  RETURN duban_may('edit', NULL, which) AND CASE WHEN was IS NULL OR now_ IS NULL
    THEN duban_open(which) ELSE duban_kept(which) END;
END $$;

CREATE OR REPLACE FUNCTION duban_check_collaborator(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM duban_need(duban_words(was, now_) OR (was IS NULL OR now_ IS NULL)
    AND duban_imports(duban_of(coalesce(now_, was), 'task_id')), 'say who supports');
END $$;

CREATE OR REPLACE FUNCTION duban_check_milestone(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
  which bigint := duban_of(coalesce(now_, was), 'task_id');
BEGIN
  PERFORM duban_need(duban_words(was, now_) OR changed = ARRAY['done'] AND duban_kept(which)
    AND duban_may('work', NULL, which), 'set milestones');
END $$;

CREATE OR REPLACE FUNCTION duban_check_dependency(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  which bigint := duban_of(coalesce(now_, was), 'task_id');
BEGIN
  PERFORM duban_need(duban_kept(which) AND duban_may('edit', NULL, which)
    OR duban_imports(which), 'say what a task needs');
END $$;

CREATE OR REPLACE FUNCTION duban_check_criterion(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  which bigint := duban_of(coalesce(now_, was), 'task_id');
BEGIN
  IF was IS NULL THEN
    PERFORM duban_need(now_ -> 'met' = 'false'
      AND (duban_words(was, now_) OR duban_imports(which)), 'set criteria');
  ELSIF now_ IS NULL OR changed && ARRAY['text', 'facet'] THEN
    PERFORM duban_need(duban_words(was, now_), 'set criteria');
  END IF;
  IF changed && ARRAY['met', 'met_by_id'] THEN
    PERFORM duban_need(duban_kept(which) AND duban_judges(which) AND (now_ -> 'met' = 'false'
        OR duban_of(now_, 'met_by_id') = duban_me())
      OR now_ -> 'met' = 'false' AND 'text' = ANY (changed), 'tick criteria');
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_check_deliverable(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  which bigint := duban_of(coalesce(now_, was), 'task_id');
  who bigint := duban_of(now_, 'registered_by_id');
BEGIN
  PERFORM duban_need(duban_may('work', NULL, which)
    AND CASE WHEN now_ IS NULL THEN duban_open(which) ELSE duban_kept(which) END
    OR was IS NULL AND duban_imports(which), 'hand over deliverables');
  PERFORM duban_need(who IS NULL OR who = duban_me()
    OR was IS NOT NULL AND NOT 'registered_by_id' = ANY (changed), 'register as somebody else');
END $$;

CREATE OR REPLACE FUNCTION duban_check_progress_update(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  which bigint := duban_of(now_, 'task_id');
BEGIN
  PERFORM duban_need(was IS NULL AND (duban_open(which) AND (duban_may('work', NULL, which)
    OR duban_may('note', NULL, which)
      AND (SELECT progress = duban_of(now_, 'progress') FROM task WHERE id = which))
    OR duban_imports(which)), 'tell of a task');
  PERFORM duban_need_author(duban_of(now_, 'person_id'),
    (SELECT project_id FROM task WHERE id = which));
END $$;

CREATE OR REPLACE FUNCTION duban_check_block_spell(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  which bigint := duban_of(now_, 'task_id');
BEGIN
  IF was IS NULL THEN
    PERFORM duban_need(duban_of(now_, 'started_by_id') = duban_me()
      AND (duban_open(which) AND duban_may('work', NULL, which) OR duban_imports(which)),
      'block a task');
  ELSIF changed <@ ARRAY['met', 'resolve_by'] THEN
    PERFORM duban_need(was ->> 'ended' IS NULL AND (duban_may('note', NULL, which)
      OR duban_of(was, 'waiting_person_id') = duban_me()), 'say by when it is resolved');
  ELSE
    PERFORM duban_need(was ->> 'ended' IS NULL AND (duban_may('work', NULL, which)
      OR duban_may('keep', NULL, which) OR duban_judges(which) OR duban_imports(which)),
      'unblock a task');
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_check_review(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  which bigint := duban_of(now_, 'task_id');
  me bigint := duban_me();
  who bigint := duban_of(now_, 'submitted_by_id');
  it task%ROWTYPE;
BEGIN
  SELECT * INTO it FROM task WHERE id = which;
  PERFORM duban_need(was IS NULL OR was ->> 'verdict' = 'pending', 'a verdict stands');
  IF was IS NULL THEN
    PERFORM duban_need(now_ ->> 'verdict' = 'pending' AND now_ ->> 'decided' IS NULL
      AND now_ ->> 'decided_by_id' IS NULL
      AND duban_of(now_, 'round') = it.round + CASE it.state WHEN 'review' THEN 0 ELSE 1 END,
      'a round begins without a verdict');
    PERFORM duban_need_now(duban_of(now_, 'submitted'));
    PERFORM duban_need(it.state IN ('doing', 'review') AND duban_may('submit', NULL, which)
      AND who = me OR who = it.owner_id AND duban_imports(which), 'submit a task');
  ELSIF NOT 'verdict' = ANY (changed) THEN
    PERFORM duban_need(changed <@ ARRAY['handed'] AND (duban_may('submit', NULL, which)
      OR duban_imports(which)), 'submit a task');
  ELSE
    PERFORM duban_need_now(duban_of(now_, 'decided'));
    PERFORM duban_need(duban_of(now_, 'decided_by_id') = me AND CASE now_ ->> 'verdict'
      WHEN 'withdrawn' THEN me IN (it.owner_id, who) OR duban_may('keep', NULL, which)
        OR duban_imports(which)
      ELSE duban_judges(which) END, 'give a verdict');
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_check_extension(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  which bigint := duban_of(now_, 'task_id');
  me bigint := duban_me();
BEGIN
  IF was IS NULL THEN
    PERFORM duban_need(now_ ->> 'state' = 'asked' AND duban_of(now_, 'asked_by_id') = me
      AND duban_open(which) AND duban_may('ask-later', NULL, which), 'ask for a later due');
  ELSE
    PERFORM duban_need(was ->> 'state' = 'asked' AND duban_of(now_, 'decided_by_id') = me
      AND CASE now_ ->> 'state'
        WHEN 'withdrawn' THEN me = duban_of(was, 'asked_by_id')
          OR duban_may('ask-later', NULL, which) OR duban_concerned(NULL, which, NULL)
          OR duban_imports(which)
        ELSE duban_open(which) AND duban_may('grant-later', NULL, which) END,
      'grant a later due');
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_check_issue(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
  which bigint := duban_of(now_, 'task_id');
  home bigint := duban_of(now_, 'project_id');
  me bigint := duban_me();
  mine boolean := duban_of(now_, 'reporter_id') = me;
  resolve boolean := duban_may('resolve', home, which, coalesce(duban_of(was, 'handler_id'), me));
  stands boolean := was ->> 'state' IN ('open', 'responded', 'reopened');
BEGIN
  IF 'state' = ANY (changed) THEN
    PERFORM duban_need(CASE now_ ->> 'state'
      WHEN 'responded' THEN stands AND was ->> 'state' <> 'responded'
      WHEN 'resolved' THEN stands
      WHEN 'closed' THEN was ->> 'state' = 'resolved'
      WHEN 'reopened' THEN NOT stands END, 'an issue does not go that way');
  END IF;
  IF was IS NULL THEN
    PERFORM duban_need(mine AND now_ ->> 'state' = 'open' AND duban_of(now_, 'level') = 0
      AND (which IS NULL OR duban_kept(which)) AND duban_may('raise', home, which),
      'raise an issue');
  ELSIF now_ ->> 'state' = 'reopened' AND 'state' = ANY (changed) THEN
    PERFORM duban_need(mine OR duban_may('close', home, which), 'open an issue again');
  ELSIF now_ ->> 'state' = 'closed' AND 'state' = ANY (changed) THEN
    PERFORM duban_need(duban_may('close', home, which), 'close an issue');
  ELSIF changed = ARRAY['level'] THEN
    PERFORM duban_need(stands AND duban_of(now_, 'level') = duban_of(was, 'level') + 1
      AND (duban_may('escalate', home, which) OR duban_may('log', home, NULL) AND EXISTS (
        SELECT 1 FROM timer WHERE timer.target = 'issue' AND timer.ended IS NULL
          AND timer.object_id = duban_of(was, 'id') AND timer.due <= duban_now() + @patience@)),
      'escalate an issue');
  ELSE
    PERFORM duban_need(NOT 'level' = ANY (changed) AND (resolve OR NOT changed && ARRAY['state',
        'responded', 'response', 'resolved', 'resolution', 'closed']
      AND (mine OR duban_may('close', home, which))), 'resolve an issue');
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_check_nudge(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need(was IS NULL AND duban_of(now_, 'by_id') = duban_me()
    AND duban_may('log', NULL, duban_of(now_, 'task_id')), 'nudge');
END $$;

-- Limits begin with what members do, a tick included; only who is concerned ends or moves them.
CREATE OR REPLACE FUNCTION duban_check_timer(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  trouble bigint := CASE now_ ->> 'target' WHEN 'issue' THEN duban_of(now_, 'object_id') END;
BEGIN
  PERFORM duban_need_member();
  PERFORM duban_need(was IS NULL OR was ->> 'ended' IS NULL AND (
    duban_concerned(duban_of(now_, 'project_id'), duban_of(now_, 'task_id'), trouble)
    OR now_ ->> 'target' = 'entry' AND changed = ARRAY['ended']
    OR now_ ->> 'target' = 'spell' AND EXISTS (SELECT 1 FROM block_spell
      WHERE id = duban_of(now_, 'object_id') AND waiting_person_id = duban_me())
    OR duban_imports(duban_of(now_, 'task_id'))), 'end a limit');
END $$;

CREATE OR REPLACE FUNCTION duban_check_raised_alert(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need_member();
  PERFORM duban_need(was IS NULL, 'change an alert');
END $$;

CREATE OR REPLACE FUNCTION duban_check_quiet(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need_member();
  PERFORM duban_need(duban_of(now_, 'person_id') = duban_me()
    AND (was IS NULL OR changed = ARRAY['ended']), 'quiet another''s alerts');
END $$;

CREATE OR REPLACE FUNCTION duban_check_meeting(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need(was IS NULL AND duban_of(now_, 'author_id') = duban_me()
    AND duban_may(CASE now_ ->> 'kind' WHEN 'retro' THEN 'keep' ELSE 'log' END,
      duban_of(now_, 'project_id'), duban_of(now_, 'task_id')), 'hold a meeting');
END $$;

CREATE OR REPLACE FUNCTION duban_check_meeting_plan(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need(duban_may('rules', duban_of(coalesce(now_, was), 'project_id'), NULL),
    'plan meetings');
END $$;

CREATE OR REPLACE FUNCTION duban_check_sync_entry(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
  home bigint := duban_of(now_, 'project_id');
BEGIN
  PERFORM duban_need_member();
  IF was IS NULL THEN
    PERFORM duban_need(now_ ->> 'follow_up_task_id' IS NULL AND duban_may('log', home, NULL),
      'write in the sync log');
    PERFORM duban_need_author(duban_of(now_, 'author_id'), home);
  ELSE
    PERFORM duban_need(changed = ARRAY['follow_up_task_id']
      AND was ->> 'follow_up_task_id' IS NULL, 'change an entry');
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_check_sync_audience(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
  told sync_entry%ROWTYPE;
BEGIN
  PERFORM duban_need_member();
  SELECT * INTO told FROM sync_entry WHERE id = duban_of(now_, 'entry_id');
  PERFORM duban_need(was IS NULL, 'change who is told');
  PERFORM duban_need_author(told.author_id, told.project_id);
END $$;

CREATE OR REPLACE FUNCTION duban_check_assignment(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  which bigint := duban_of(now_, 'task_id');
  me bigint := duban_me();
  whose bigint := duban_of(now_, 'owner_id');
  leads boolean := duban_may('assign', NULL, which);
  it task%ROWTYPE;
BEGIN
  SELECT * INTO it FROM task WHERE id = which;
  IF was IS NULL THEN
    PERFORM duban_need(now_ ->> 'ended' IS NULL AND (leads
      OR whose = me AND coalesce(it.owner_id, me) = me
      OR it.owner_id = me AND (SELECT last.owner_id = me AND last.returned FROM assignment last
        WHERE last.task_id = which ORDER BY last.id DESC LIMIT 1)
      OR duban_imports(which)), 'assign a task');
    PERFORM duban_need(now_ ->> 'acknowledged' IS NULL OR whose = me
      OR EXISTS (SELECT 1 FROM person WHERE id = whose AND placeholder)
      OR duban_imports(which), 'take on for another');
    RETURN;
  END IF;
  PERFORM duban_need(was ->> 'ended' IS NULL, 'what is over stays');
  PERFORM duban_need(NOT changed && ARRAY['acknowledged', 'confirmed']
    OR whose = me AND (duban_open(which) OR duban_may('keep', NULL, which)),
    'take on for another');
  IF changed && ARRAY['ended', 'returned', 'reason'] THEN
    PERFORM duban_need(duban_open(which) AND (leads OR whose = me
      AND was ->> 'acknowledged' IS NULL AND now_ -> 'returned' = 'true')
      OR duban_imports(which), 'assign a task');
    PERFORM duban_need_now(duban_of(now_, 'ended'));
    PERFORM duban_need(duban_of(now_, 'ended') >= coalesce((SELECT max(decided) FROM review
      WHERE task_id = which AND verdict = 'sent-back'), 0), 'the clocks differ');
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_check_raci(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  which bigint := duban_of(coalesce(now_, was), 'task_id');
BEGIN
  PERFORM duban_need(duban_kept(which) AND duban_may('assign', NULL, which)
    OR duban_imports(which), 'set RACI');
END $$;

CREATE OR REPLACE FUNCTION duban_check_sign_off(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need_member();
  PERFORM duban_need(was IS NULL AND duban_of(now_, 'person_id') = duban_me()
    AND EXISTS (SELECT 1 FROM department WHERE id = duban_of(now_, 'department_id')
      AND lead_id = duban_me()), 'sign for a department');
END $$;

CREATE OR REPLACE FUNCTION duban_check_project_member(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
  home bigint := duban_of(coalesce(now_, was), 'project_id');
BEGIN
  PERFORM duban_need(CASE WHEN (SELECT self_accept FROM project WHERE id = home)
    THEN duban_may('team', NULL, NULL) ELSE duban_may('rules', home, NULL) END,
    'say who sees a project');
END $$;

CREATE OR REPLACE FUNCTION duban_check_close_out(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need(duban_of(now_, 'by_id') = duban_me()
    AND EXISTS (SELECT 1 FROM task WHERE id = duban_of(now_, 'task_id')
      AND 'done' IN (state, before))
    AND duban_may('keep', NULL, duban_of(now_, 'task_id')), 'close a task out');
END $$;

CREATE OR REPLACE FUNCTION duban_check_department(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need(duban_may('team', NULL, NULL), 'change departments');
END $$;

-- Who was merged away has nothing left, in no project that whoever merges cannot see either.
CREATE OR REPLACE FUNCTION duban_check_person(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
  reference record;
  left_over boolean;
BEGIN
  PERFORM duban_need_member();
  PERFORM duban_need(CASE WHEN was IS NULL
    THEN now_ -> 'placeholder' = 'true' AND now_ ->> 'role' = 'member'
    ELSE duban_of(was, 'id') = duban_me() AND changed <@ ARRAY['name', 'away_until'] END
    OR duban_may('team', NULL, NULL), 'change people');
  IF 'merged_into_id' = ANY (changed) THEN
    FOR reference IN
      SELECT conrelid::regclass AS place, attname AS name FROM pg_constraint
      JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
      WHERE contype = 'f' AND confrelid = 'person'::regclass
    LOOP
      EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s WHERE %I = $1)', reference.place,
        reference.name) INTO left_over USING duban_of(was, 'id');
      PERFORM duban_need(NOT left_over, 'merge somebody who is named out of sight');
    END LOOP;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_check_project(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need_member();
  IF was IS NULL THEN
    PERFORM duban_need(coalesce(duban_of(now_, 'lead_id'), duban_me()) = duban_me()
      AND now_ ->> 'department_id' IS NULL OR duban_may('rules', NULL, NULL), 'add a project');
    PERFORM duban_need(now_ -> 'self_accept' = 'false' OR duban_may('team', NULL, NULL),
      'let people accept their own work');
  ELSE
    PERFORM duban_need(duban_may('rules', duban_of(was, 'id'), NULL), 'change a project');
    PERFORM duban_need(NOT 'self_accept' = ANY (changed) OR now_ -> 'self_accept' = 'false'
      OR duban_may('team', NULL, NULL), 'let people accept their own work');
    PERFORM duban_need(NOT changed && ARRAY['restricted', 'lead_id', 'department_id']
      OR was -> 'self_accept' = 'false' OR duban_may('team', NULL, NULL),
      'say who is on a project where people accept their own work');
  END IF;
END $$;

-- The guides' own words come into a store with whatever task first has one.
CREATE OR REPLACE FUNCTION duban_check_work_type(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need_member();
  PERFORM duban_need(now_ ->> 'label' IN (@work_types@) OR duban_may('rules', NULL, NULL)
    OR EXISTS (SELECT 1 FROM project LEFT JOIN department ON department.id = project.department_id
      WHERE duban_me() IN (project.lead_id, department.lead_id)), 'add a type of work');
END $$;

CREATE OR REPLACE FUNCTION duban_check_calendar_day(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need(duban_may('rules', NULL, NULL), 'change a calendar');
END $$;

CREATE OR REPLACE FUNCTION duban_check_meta(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need(duban_may('team', NULL, NULL), 'change what holds for the store');
END $$;

-- What follows from the rest: any member's command brings it up to date.
CREATE OR REPLACE FUNCTION duban_check_tally(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need_member();
END $$;

CREATE OR REPLACE FUNCTION duban_check_search_line(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need_member();
END $$;

CREATE OR REPLACE FUNCTION duban_check_counter(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need_member();
  PERFORM duban_need(was IS NULL OR duban_of(now_, 'last') >= duban_of(was, 'last'),
    'a counter only counts up');
END $$;

CREATE OR REPLACE FUNCTION duban_check_receipt(was jsonb, now_ jsonb, changed text[])
RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM duban_need_member();
  PERFORM duban_need(duban_of(now_, 'actor_id') = duban_me(), 'act as somebody else');
END $$;
