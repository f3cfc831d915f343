import type { Organisation } from '../../../../preload/contract/clean-book.ts';
import type { CoreEvent } from '../../../../preload/contract/contract.ts';
import type { CustomValues } from '../../../../preload/contract/customers.ts';
import type { SubjectHandlers } from '../../connection/handlers.ts';
import { cursorFrom, positionFrom } from '../../contacts/keyset-cursor.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { Refusal, badInput } from '../../refusal.ts';
import { HIT_COLUMNS, HIT_TABLES, type HitRow, customerHitFrom } from '../customer-rows.ts';
import { sortNameFrom } from '../folding.ts';
import type { CustomFieldStore } from './custom-field-store.ts';
import { isLink } from './custom-values.ts';

interface OrganisationsDependencies {
  database: DeskDatabase;
  fields: CustomFieldStore;
  now: () => number;
  newId: () => string;
  agentId: () => string;
  publish: (event: CoreEvent) => void;
}

interface OrganisationRow {
  id: string;
  name: string;
  sort_name: string;
  city: string | null;
  website: string | null;
  custom_json: string;
  members: number;
}

const MOST_MEMBERS = 200;
const COLUMNS = `o.id, o.name, o.sort_name, o.city, o.website, o.custom_json,
  (SELECT count(*) FROM customers u WHERE u.organisation_id = o.id) AS members`;

/** Companies and authorities that customers belong to. */
export function createOrganisations(dependencies: OrganisationsDependencies) {
  const { database, fields, now, newId, agentId, publish } = dependencies;
  const requireCustom = fields.requireFitting('organisation');
  const one = database.query<OrganisationRow>(
    `SELECT ${COLUMNS} FROM organisations o WHERE o.id = ?`,
  );
  const page = database.query<OrganisationRow>(
    `SELECT ${COLUMNS} FROM organisations o WHERE (o.sort_name > $name OR (o.sort_name = $name AND o.id > $id))
       AND o.sort_name >= $from AND o.sort_name < $below ORDER BY o.sort_name, o.id LIMIT $limit`,
  );
  const members = database.query<HitRow>(
    `SELECT ${HIT_COLUMNS} FROM ${HIT_TABLES} WHERE u.organisation_id = ?
     ORDER BY u.sort_name, u.row LIMIT ${MOST_MEMBERS}`,
  );
  const insert = database.query(
    `INSERT INTO organisations (id, name, sort_name, city, website, custom_json, agent_id, created_at, changed_at, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'real')`,
  );
  const write = database.query(
    `UPDATE organisations SET name = ?, sort_name = ?, city = ?, website = ?, custom_json = ?, changed_at = ?
     WHERE id = ?`,
  );
  const remove = database.query('DELETE FROM organisations WHERE id = ?');

  function found(id: string): OrganisationRow {
    const row = one.get(id);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'organisation', id });
    return row;
  }

  function requireWebsite(website: string | null | undefined, path: string[]): void {
    if (website && !isLink(website)) throw badInput([...path, 'website'], 'notALink');
  }

  function changed(): void {
    publish({ type: 'customers.changed', customerId: null });
  }

  const handlers: SubjectHandlers<'organisations'> = {
    list({ query, cursor, limit }) {
      const from = sortNameFrom(query);
      // The last organisation shown is named by its id; its sort name is the key.
      const [id = '', key = ''] = cursor ? placeFrom(cursor) : [];
      const below = `${from}\u{10ffff}`;
      const rows = page.all({ name: key, id, from, below, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const more = rows.length > limit && last;
      return {
        organisations: shown.map(organisationFrom),
        next: more
          ? cursorFrom('organisations', { key: `${last.id} ${last.sort_name}`, row: 0 })
          : null,
      };
    },
    get({ organisationId }) {
      return {
        organisation: organisationFrom(found(organisationId)),
        members: members.all(organisationId).map(customerHitFrom),
      };
    },
    create(input) {
      requireCustom(input.custom, ['custom']);
      requireWebsite(input.website, []);
      const id = newId();
      const { name, city, website, custom } = input;
      const at = now();
      insert.run(
        ...[id, name, sortNameFrom(name), city, website, JSON.stringify(withoutEmpty(custom))],
        ...[agentId(), at, at],
      );
      changed();
      return organisationFrom(found(id));
    },
    update({ organisationId, changes }) {
      requireCustom(changes.custom ?? {}, ['changes', 'custom']);
      requireWebsite(changes.website, ['changes']);
      database.transaction(() => {
        const before = organisationFrom(found(organisationId));
        const after = { ...before, ...withoutUndefined(changes) };
        const custom = withoutEmpty({ ...before.custom, ...changes.custom });
        const { name, city, website } = after;
        const json = JSON.stringify(custom);
        write.run(name, sortNameFrom(name), city, website, json, now(), organisationId);
      });
      changed();
      return organisationFrom(found(organisationId));
    },
    remove({ organisationId }) {
      found(organisationId);
      remove.run(organisationId);
      changed();
      return {};
    },
  };
  return { handlers };
}

/** Id and sort name of the last organisation that was shown. */
function placeFrom(cursor: string): [string, string] {
  const text = String(positionFrom('organisations', 'string', cursor).key);
  const end = text.indexOf(' ');
  return [text.slice(0, end), text.slice(end + 1)];
}

function organisationFrom(row: OrganisationRow): Organisation {
  return {
    id: row.id,
    name: row.name,
    city: row.city,
    website: row.website,
    custom: JSON.parse(row.custom_json) as CustomValues,
    members: row.members,
  };
}

function withoutEmpty(custom: CustomValues): CustomValues {
  return Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null));
}

function withoutUndefined<Fields extends object>(
  fields: Fields,
): { [Field in keyof Fields]: Exclude<Fields[Field], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Field in keyof Fields]: Exclude<Fields[Field], undefined>;
  };
}
