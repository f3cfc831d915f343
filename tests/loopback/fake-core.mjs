// Stands in for core: speaks the host's messages and greets every WebSocket with its pid. A file
// beside the data tells it to misbehave, so that the host's reactions can be seen.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message.type === 'start') start(message);
  if (message.type === 'stop') {
    process.send({ type: 'stopped' }, () => process.exit(0));
  }
});

function start({ dataFolder, socket, ...rest }) {
  const orders = join(dataFolder, 'orders');
  const order = existsSync(orders) ? readFileSync(orders, 'utf8') : '';
  if (order === 'dieOnce') {
    rmSync(orders);
    process.exit(1);
  }
  if (order === 'fail') {
    process.send({ type: 'failed', reason: 'newerDatabase', detail: '9 > 1' }, () =>
      process.exit(1),
    );
    return;
  }
  const server = createServer((_request, response) => response.end('no'));
  server.on('upgrade', (request, upgraded) => {
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    upgraded.on('error', () => undefined);
    upgraded.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const told = JSON.stringify({ pid: process.pid, url: request.url, start: rest });
    const text = Buffer.from(told);
    const head = Buffer.from([0x81, 126, text.length >> 8, text.length & 255]);
    upgraded.write(Buffer.concat([head, text]));
  });
  server.listen(socket, () => {
    process.send({
      type: 'connectSources',
      sources: ['wss://pbx.example:7443', 'bad; script-src *'],
    });
    if (rest.api?.on) process.send({ type: 'api', address: 'http://127.0.0.1:4123' });
    process.send({ type: 'ready' });
  });
}
