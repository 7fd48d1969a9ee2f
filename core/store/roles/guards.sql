-- What the guards have in common, the guard of tasks, and the stamp of events. Guards hold for
-- members' roles alone: see the triggers.

CREATE OR REPLACE FUNCTION duban_need(fine boolean, why text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF fine IS NOT TRUE THEN
    RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = 'duban: ' || why;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_now() RETURNS bigint
LANGUAGE sql VOLATILE AS $$
  SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
$$;

-- Times by which it is decided whose work it is come from whoever writes: they must be about now.
CREATE OR REPLACE FUNCTION duban_need_now(at bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF at IS NULL OR abs(at - duban_now()) > @patience@ THEN
    RAISE EXCEPTION USING ERRCODE = '@clock_state@', MESSAGE = 'duban: the clocks differ';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_changed(was jsonb, now jsonb) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(one.key), '{}') FROM jsonb_each(now) one
  WHERE one.value IS DISTINCT FROM was -> one.key);
END $$;

-- Whether it is no more than an administrator giving what was a placeholder's to a person.
CREATE OR REPLACE FUNCTION duban_merges(changed text[], was jsonb, now jsonb, people text[])
RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT changed <@ people OR NOT duban_may('team', NULL, NULL) THEN
    RETURN false;
  END IF;
  RETURN NOT EXISTS (
    SELECT 1 FROM unnest(changed) one (name) WHERE NOT EXISTS (
      SELECT 1 FROM person gone, person kept
      WHERE gone.id = (was ->> one.name)::bigint AND gone.placeholder
        AND gone.merged_into_id IS NULL
        AND kept.id = (now ->> one.name)::bigint AND kept.merged_into_id IS NULL));
END $$;

-- Whether work on a task goes on; and whether it is at least not put away, so that what it says may
-- still be corrected. What ends with either is said by core.policies.acts and the commands.
CREATE OR REPLACE FUNCTION duban_open(which bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM task WHERE id = which AND state NOT IN (@closed_states@));
END $$;

CREATE OR REPLACE FUNCTION duban_kept(which bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM task WHERE id = which AND state NOT IN (@put_away@));
END $$;

CREATE OR REPLACE FUNCTION duban_need_next(was int, now int) RETURNS void
LANGUAGE sql AS $$
  SELECT duban_need(now = was + 1, 'a change counts the version up by one')
$$;

-- Whoever brings tables in may write what the tables tell; then the log of the same transaction
-- says that a table was brought in: duban_claimed looks at its end.
CREATE TABLE IF NOT EXISTS duban_claim (person_id bigint NOT NULL, task_id bigint NOT NULL);
COMMENT ON TABLE duban_claim IS 'What is written as an import; empty between transactions.';
ALTER TABLE duban_claim ENABLE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION duban_claimed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
  PERFORM duban_need(EXISTS (SELECT 1 FROM event WHERE event.kind = 'import-applied'
    AND event.actor_id = NEW.person_id
    AND event.at >= (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint),
    'only an import writes this');
  DELETE FROM duban_claim WHERE person_id = NEW.person_id;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS duban_claimed ON duban_claim;
CREATE CONSTRAINT TRIGGER duban_claimed AFTER INSERT ON duban_claim
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION duban_claimed();

CREATE OR REPLACE FUNCTION duban_imports(which bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  IF which IS NULL OR NOT duban_may('rules', NULL, which) THEN
    RETURN false;
  END IF;
  INSERT INTO duban_claim VALUES (duban_me(), which);
  RETURN true;
END $$;

-- Whether it is a task that whoever is connected may create, unless it comes from a table.
CREATE OR REPLACE FUNCTION duban_creates(task) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN $1.state IN (@open_states@) AND (duban_may('assign', $1.project_id, NULL)
    OR duban_may('create', $1.project_id, $1.parent_id)
      AND coalesce($1.owner_id, duban_me()) = duban_me());
END $$;

-- What is written as it was done elsewhere says in the log that it was imported.
CREATE OR REPLACE FUNCTION duban_import_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
BEGIN
  IF duban_creates(NEW) THEN
    RETURN NULL;
  END IF;
  PERFORM duban_need(EXISTS (SELECT 1 FROM event WHERE event.task_id = NEW.id
    AND event.kind = 'task-created' AND event.actor_id = duban_me()
    AND event.changes LIKE '%"imported"%'), 'only an import writes a task down like this');
  RETURN NULL;
END $$;

-- A task's open assignment is its owner's, however the owner was changed: whoever once did the
-- work never accepts it.
CREATE OR REPLACE FUNCTION duban_keep_assignment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
  which bigint := CASE TG_TABLE_NAME WHEN 'task' THEN (to_jsonb(NEW) ->> 'id')::bigint
    ELSE (to_jsonb(NEW) ->> 'task_id')::bigint END;
  holder bigint;
BEGIN
  SELECT owner_id INTO holder FROM task WHERE id = which FOR UPDATE;
  UPDATE assignment SET ended = duban_now() WHERE task_id = which AND ended IS NULL
    AND owner_id IS DISTINCT FROM holder;
  IF holder IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assignment
      WHERE task_id = which AND ended IS NULL) THEN
    INSERT INTO assignment (task_id, owner_id, by_id, at, notes, acknowledged, confirmed,
        returned, reason)
      SELECT which, holder, duban_me(), duban_now(), '', done.at, done.at, false, ''
      FROM (SELECT CASE WHEN holder = duban_me() THEN duban_now() END AS at) done;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION duban_check_new_task(task) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
  made ALIAS FOR $1;
BEGIN
  PERFORM duban_need(made.version = 1 AND made.slips = 0 AND made.before IS NULL
    AND made.accepted_by_id IS NULL AND made.blocked_since IS NULL
    AND made.baseline_due IS NOT DISTINCT FROM made.due
    AND (made.state = 'done') = (made.closed IS NOT NULL)
    AND (made.state = 'review') = (made.submitted_by_id IS NOT NULL)
    AND made.round = CASE made.state WHEN 'review' THEN 1 ELSE 0 END,
    'a new task has no history');
  PERFORM duban_need(made.state NOT IN ('doing', 'review') OR made.owner_id IS NOT NULL,
    'what is begun has an owner');
  PERFORM duban_need(made.parent_id IS NULL OR EXISTS (SELECT 1 FROM task above
    WHERE above.id = made.parent_id AND above.project_id = made.project_id),
    'a subtask is in the project of its task');
  PERFORM duban_need(duban_creates(made) OR made.state IN (@open_states@, 'review', 'done')
    AND coalesce(made.submitted_by_id, made.owner_id) IS NOT DISTINCT FROM made.owner_id
    AND duban_may('rules', made.project_id, NULL), 'create a task');
END $$;

CREATE OR REPLACE FUNCTION duban_check_move(task, task) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  was ALIAS FOR $1;
  now_ ALIAS FOR $2;
  me bigint := duban_me();
  way text := was.state || ' ' || now_.state;
  back text;
BEGIN
  PERFORM duban_need((now_.closed IS NOT NULL) = (now_.state IN (@closed_states@)),
    'only what has ended is closed');
  PERFORM duban_need(now_.state NOT IN ('doing', 'review') OR now_.owner_id IS NOT NULL,
    'what is begun has an owner');
  PERFORM duban_need(now_.blocked_since IS NULL OR now_.blocked_since = was.blocked_since,
    'a task that moves is not blocked by that');
  IF was.before IS NOT NULL AND now_.state <> 'archived' THEN
    back := CASE was.before WHEN 'review' THEN 'doing' ELSE was.before END;
    PERFORM duban_need(now_.state = back AND now_.round = was.round
      AND now_.before IS NOT DISTINCT FROM CASE back WHEN 'cancelled' THEN 'todo' END
      AND now_.accepted_by_id IS NOT DISTINCT FROM was.accepted_by_id
      AND coalesce(now_.submitted_by_id, was.submitted_by_id)
        IS NOT DISTINCT FROM was.submitted_by_id
      AND duban_may('keep', NULL, was.id), 'restore a task');
    RETURN;
  END IF;
  PERFORM duban_need(way IN (@ways@), 'a task does not go that way');
  PERFORM duban_need(now_.before IS NOT DISTINCT FROM
    CASE WHEN now_.state IN ('archived', 'cancelled') THEN was.state END,
    'what ends remembers where it stood');
  PERFORM duban_need(now_.round = was.round + (now_.state = 'review')::int,
    'a submission begins a round');
  IF now_.state = 'done' THEN
    PERFORM duban_need(now_.accepted_by_id = me
      AND now_.submitted_by_id IS NOT DISTINCT FROM was.submitted_by_id
      AND duban_judges(was.id), 'accept a task');
  ELSIF now_.state = 'review' THEN
    PERFORM duban_need(now_.submitted IS NOT NULL AND now_.accepted_by_id IS NULL
      AND (duban_may('submit', NULL, was.id) AND now_.submitted_by_id = me
        OR now_.submitted_by_id = was.owner_id AND duban_imports(was.id)), 'submit a task');
    PERFORM duban_need_now(now_.submitted);
  ELSIF now_.state IN ('archived', 'cancelled') THEN
    PERFORM duban_need(now_.accepted_by_id IS NOT DISTINCT FROM was.accepted_by_id
      AND now_.submitted_by_id IS NOT DISTINCT FROM was.submitted_by_id
      AND (duban_may('keep', NULL, was.id) OR duban_imports(was.id)),
      'archive or cancel a task');
  ELSE
    PERFORM duban_need(now_.submitted IS NULL AND now_.submitted_by_id IS NULL
      AND now_.accepted_by_id IS NULL, 'what goes on is neither submitted nor accepted');
    PERFORM duban_need(CASE was.state
      WHEN 'review' THEN me IN (was.owner_id, was.submitted_by_id) OR duban_judges(was.id)
      WHEN 'done' THEN duban_may('keep', NULL, was.id) OR duban_imports(was.id)
      ELSE duban_may('work', NULL, was.id) OR duban_imports(was.id) END, 'move a task');
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_check_owner(task, task) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  was ALIAS FOR $1;
  now_ ALIAS FOR $2;
  me bigint := duban_me();
BEGIN
  PERFORM duban_need(was.state IN (@open_states@, 'review'), 'what is closed keeps its owner');
  PERFORM duban_need(was.state NOT IN ('doing', 'review') OR now_.owner_id IS NOT NULL,
    'what is begun has an owner');
  IF duban_may('assign', NULL, was.id) THEN
    RETURN;
  END IF;
  IF was.owner_id IS NULL THEN
    PERFORM duban_need(now_.owner_id = me AND duban_may('claim', NULL, was.id)
      OR duban_imports(was.id), 'claim a task');
    RETURN;
  END IF;
  PERFORM duban_need(was.owner_id = me AND duban_may('take-on', NULL, was.id)
    AND (SELECT acknowledged IS NULL FROM assignment
      WHERE task_id = was.id AND owner_id = me ORDER BY id DESC LIMIT 1)
    AND (now_.owner_id IS NULL OR was.state IN ('doing', 'review') AND (
      EXISTS (SELECT 1 FROM assignment WHERE task_id = was.id AND owner_id = now_.owner_id
        AND ended IS NOT NULL AND acknowledged IS NOT NULL)
      OR duban_leads(now_.owner_id, was.project_id) OR now_.owner_id = was.initiator_id))
    OR duban_imports(was.id), 'assign a task');
END $$;

CREATE OR REPLACE FUNCTION duban_check_edit(task, task, text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  was ALIAS FOR $1;
  now_ ALIAS FOR $2;
  changed ALIAS FOR $3;
  me bigint := duban_me();
  goes_on boolean := was.state NOT IN (@closed_states@);
  kept boolean := was.state NOT IN (@put_away@);
  edit boolean := kept AND duban_may('edit', NULL, was.id);
  work boolean := goes_on AND duban_may('work', NULL, was.id);
  mine boolean := was.initiator_id = me AND was.state IN (@before_start@)
    AND coalesce(was.owner_id, me) = me;
BEGIN
  PERFORM duban_need(NOT changed && ARRAY['closed', 'before', 'accepted_by_id', 'submitted',
    'submitted_by_id', 'round'], 'only a task that moves changes so');
  PERFORM duban_need(NOT 'folded' = ANY (changed) OR changed && ARRAY['title', 'external_id'],
    'words to find it by follow its own');
  PERFORM duban_need(edit OR NOT changed && ARRAY[@edited@] OR duban_imports(was.id),
    'edit a task');
  PERFORM duban_need(edit OR work OR NOT 'status_note' = ANY (changed) OR duban_imports(was.id),
    'edit a task');
  PERFORM duban_need(edit OR NOT changed && ARRAY['delay_reason', 'expected']
    OR goes_on AND duban_may('ask-later', NULL, was.id) OR duban_imports(was.id),
    'warn of a delay');
  PERFORM duban_need(NOT 'external_id' = ANY (changed) OR was.external_id = ''
    AND duban_may('rules', NULL, was.id), 'tie a task to a table');
  IF changed && ARRAY['acceptor_id', 'initiator_id'] THEN
    PERFORM duban_need(mine
      OR kept AND (goes_on OR NOT 'acceptor_id' = ANY (changed))
        AND duban_may('assign', NULL, was.id)
      OR goes_on AND NOT 'initiator_id' = ANY (changed) AND duban_judges(was.id)
      OR duban_imports(was.id), 'name the acceptor');
  END IF;
  IF changed && ARRAY['due', 'baseline_due', 'slips'] THEN
    PERFORM duban_need(CASE WHEN mine OR was.due IS NULL OR was.state = 'draft' THEN edit
      ELSE kept AND duban_may('grant-later', NULL, was.id) END OR duban_imports(was.id), 'move a due');
    PERFORM duban_need(CASE WHEN was.baseline_due IS NULL
      THEN now_.baseline_due IS NOT DISTINCT FROM now_.due AND now_.slips = was.slips
      ELSE now_.baseline_due = was.baseline_due AND now_.slips = was.slips + 1 END,
      'a due that moves counts as a slip');
  END IF;
  IF changed && ARRAY['progress', 'blocked_since'] THEN
    PERFORM duban_need(goes_on AND (work OR duban_imports(was.id)), 'work on a task');
  END IF;
  IF 'updated' = ANY (changed) THEN
    PERFORM duban_need(goes_on AND duban_may('note', NULL, was.id) OR duban_imports(was.id),
      'tell of a task');
  END IF;
END $$;

CREATE OR REPLACE FUNCTION duban_guard_task() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
  changed text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM duban_check_new_task(NEW);
    RETURN NEW;
  END IF;
  changed := duban_changed(to_jsonb(OLD), to_jsonb(NEW));
  IF changed = '{}' OR duban_merges(changed, to_jsonb(OLD), to_jsonb(NEW), ARRAY[@people@]) THEN
    RETURN NEW;
  END IF;
  IF changed <@ ARRAY['position', 'timers'] THEN
    PERFORM duban_need(duban_may('log', NULL, OLD.id), 'order tasks');
    RETURN NEW;
  END IF;
  PERFORM duban_need_next(OLD.version, NEW.version);
  PERFORM duban_need(changed <> ARRAY['version'], 'nothing changes');
  IF 'state' = ANY (changed) THEN
    PERFORM duban_need(changed <@ ARRAY['state', 'position', 'version', 'updated', 'closed',
      'before', 'accepted_by_id', 'submitted', 'submitted_by_id', 'round', 'blocked_since'],
      'a task that moves changes nothing else');
    PERFORM duban_check_move(OLD, NEW);
    RETURN NEW;
  END IF;
  IF 'owner_id' = ANY (changed) THEN
    PERFORM duban_check_owner(OLD, NEW);
  END IF;
  PERFORM duban_check_edit(OLD, NEW, changed);
  RETURN NEW;
END $$;

-- Who and when are the server's to say; the hash is worked out by event_written, after this.
CREATE OR REPLACE FUNCTION duban_stamp_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = @schema@, pg_temp AS $$
DECLARE
  me bigint := duban_me();
BEGIN
  PERFORM duban_need(EXISTS (SELECT 1 FROM person WHERE id = me AND role <> 'observer'),
    'nobody writes in the log but members');
  PERFORM duban_need(coalesce(NEW.actor_id, me) = me, 'act as somebody else');
  PERFORM duban_need(NEW.kind <> 'log-sealed', 'seal the log');
  IF NEW.task_id IS NOT NULL THEN
    NEW.project_id := (SELECT project_id FROM task WHERE id = NEW.task_id);
  END IF;
  PERFORM duban_need(NEW.project_id IS NULL OR NEW.project_id = ANY (duban_projects()),
    'write of what is out of sight');
  NEW.actor_id := me;
  NEW.at := duban_now();
  NEW.number := coalesce(NEW.number,
    (SELECT coalesce(max(event.number), 0) + 1 FROM event));
  NEW.command_id := coalesce(NEW.command_id, gen_random_uuid()::text);
  NEW.subject := coalesce(NEW.subject, '');
  NEW.changes := coalesce(NEW.changes, '{}');
  NEW.reason := coalesce(NEW.reason, '');
  RETURN NEW;
END $$;
