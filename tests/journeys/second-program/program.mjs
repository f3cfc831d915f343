// A small program of somebody else's, on the client that a generator made of the desk's OpenAPI
// document: node program.mjs CLIENT ADDRESS TOKEN. It says on stdout what it did, in JSON.
const [clientFolder, baseUrl, token] = process.argv.slice(2);
const {
  addCallback,
  addEntry,
  addVoicemail,
  createCustomer,
  dial,
  eraseCustomer,
  getCurrentCall,
  getHealth,
  getTimeline,
  getWork,
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
const { data: callback } = await addCallback({
  body: { number: '0171 5550123', note: 'Form on the web site', externalId: 'FORM-7' },
});
await addEntry({
  path: { id: customer.id },
  body: { kind: 'callback', note: 'Asked for the rate', dueAt: '2030-01-02T09:00:00Z' },
});
const { data: voicemail } = await addVoicemail({
  body: {
    number: '0171 5550124',
    note: 'Left at night',
    audio: new Blob([tone()], { type: 'audio/wav' }),
  },
});
const { data: waiting } = await getWork({ path: { id: voicemail.id } });
const noSound = await addVoicemail({
  body: { number, audio: new Blob(['hello']) },
  throwOnError: false,
});
const { data: call } = await dial({ body: { number, customerId: customer.id } });
const { data: current } = await getCurrentCall();
const { data: timeline } = await getTimeline({ path: { id: customer.id } });
const refused = await dial({ body: { number: '' }, throwOnError: false });

process.stdout.write(
  JSON.stringify({
    ...{ health, customer, found, call, current, callback, waiting },
    noSound: noSound.error,
    entries: timeline.entries.length,
    refused: { status: refused.response.status, problem: refused.error },
    erases: typeof eraseCustomer,
  }),
);

/** A second of 440 Hz as µ-law, as telephone systems keep it (ITU-T G.711). */
function tone() {
  const samples = Uint8Array.from({ length: 8_000 }, (_, n) =>
    muLaw(8_000 * Math.sin((2 * Math.PI * 440 * n) / 8_000)),
  );
  const head = new DataView(new ArrayBuffer(44));
  const write = (at, text) => {
    for (const [n, letter] of [...text].entries()) head.setUint8(at + n, letter.charCodeAt(0));
  };
  write(0, 'RIFF');
  head.setUint32(4, 36 + samples.length, true);
  write(8, 'WAVEfmt ');
  head.setUint32(16, 16, true);
  head.setUint16(20, 7, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, 8_000, true);
  head.setUint32(28, 8_000, true);
  head.setUint16(32, 1, true);
  head.setUint16(34, 8, true);
  write(36, 'data');
  head.setUint32(40, samples.length, true);
  return new Blob([head.buffer, samples]);
}

function muLaw(value) {
  const sign = value < 0 ? 0x80 : 0;
  const size = Math.min(32_635, Math.abs(Math.round(value))) + 132;
  const exponent = Math.floor(Math.log2(size)) - 7;
  return ~(sign | (exponent << 4) | ((size >> (exponent + 3)) & 15)) & 0xff;
}
