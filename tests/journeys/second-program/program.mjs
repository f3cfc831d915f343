// A small program of somebody else's, on the client that a generator made of the desk's OpenAPI
// document: node program.mjs CLIENT ADDRESS TOKEN. It says on stdout what it did, in JSON.
const [clientFolder, baseUrl, token] = process.argv.slice(2);
const {
  createCustomer,
  dial,
  eraseCustomer,
  getCurrentCall,
  getHealth,
  getTimeline,
  lookUpNumber,
} = await import(`${clientFolder}/index.ts`);
const { client } = await import(`${clientFolder}/client.gen.ts`);

client.setConfig({ baseUrl, auth: token, throwOnError: true });

const { data: health } = await getHealth();
const number = '030 23125042';
const { data: customer } = await createCustomer({
  body: {
    name: 'Ada Programm',
    numbers: [number],
    emails: ['ada@example.org'],
    externalId: 'CRM-42',
  },
});
const { data: found } = await lookUpNumber({ query: { number: '+49 30 23125042' } });
const { data: call } = await dial({ body: { number, customerId: customer.id } });
const { data: current } = await getCurrentCall();
const { data: timeline } = await getTimeline({ path: { id: customer.id } });
const refused = await dial({ body: { number: '' }, throwOnError: false });

process.stdout.write(
  JSON.stringify({
    ...{ health, customer, found, call, current },
    entries: timeline.entries.length,
    refused: { status: refused.response.status, problem: refused.error },
    erases: typeof eraseCustomer,
  }),
);
