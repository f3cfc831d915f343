// A process of its own that merges and undoes without end: it is there to be killed in the middle. It
// tells each merge and each undo that was acknowledged, one line each.
import { join } from 'node:path';
import { createCleanBook } from '../../../main/core/customers/clean-book/clean-book.ts';
import { createCustomers } from '../../../main/core/customers/customers.ts';
import { openDatabase } from '../../../main/core/database/open-database.ts';
import { newId } from '../../../main/core/ids.ts';
import { filesVault } from '../../../main/core/secrets/vault.ts';

const [folder = '', agentId = ''] = process.argv.slice(2);
const { database } = await openDatabase({
  ...{ folder, vault: filesVault(join(folder, 'secrets')), now: Date.now() },
});
const common = {
  ...{ database, now: Date.now, newId: () => newId(), agentId: () => agentId },
  publish: () => undefined,
};
const customers = createCustomers({
  ...common,
  settings: () => ({ country: 'DE', zone: 'Europe/Berlin' }),
  ignored: () => null,
  cues: { verdictsOn: () => [], muted: () => new Set(), shown: () => undefined },
});
const book = createCleanBook({ ...common, customers, country: () => 'DE' });
const link = { id: 0, windowId: null, closed: new AbortController().signal };
const addContact = database.query(
  `INSERT INTO contacts (id, customer_id, kind, at, zone, agent_id, origin)
   VALUES (?, ?, 'note', ?, 'Europe/Berlin', ?, 'real')`,
);

function aPerson(number: number): string {
  const { id } = customers.handlers.create({
    ...{ name: `Person ${number}`, company: null, city: null, emails: [], tags: ['x'] },
    ...{ numbers: [`030 555 ${1000 + number}`], preferredTime: null, street: null },
    ...{ postalCode: null, country: null, externalId: null, organisationId: null },
    ...{ householdId: null, custom: {} },
  });
  database.transaction(() => {
    for (let at = 0; at < 40; at += 1) addContact.run(newId(), id, at, agentId);
    customers.refreshSummary(id);
  });
  return id;
}

for (let number = 0; ; number += 2) {
  const [survivorId, loserId] = [aPerson(number), aPerson(number + 1)];
  const { id: _id, origin: _origin, numbers, ...record } = customers.store.find(survivorId);
  const numberIds = [...numbers, ...customers.store.find(loserId).numbers].map(({ id }) => id);
  const { mergeId } = await book.handlers.merges.merge(
    { survivorId, loserId, record: { ...record, numberIds } },
    link,
  );
  process.stdout.write(`merged ${survivorId} ${loserId}\n`);
  if (number % 4 === 0) {
    await book.handlers.merges.undo({ mergeId }, link);
    process.stdout.write(`undone ${survivorId} ${loserId}\n`);
  }
}
