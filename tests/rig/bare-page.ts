// Builds the bare sip.js page and serves it on 127.0.0.1.
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface BarePage {
  url: string;
  close(): Promise<void>;
}

export async function serveBarePage(): Promise<BarePage> {
  const script = await bundle();
  const server = createServer((request, response) => {
    const isScript = request.url === '/bare-agent.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the bare page has no port');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => closed(server) };
}

const PAGE = `<!doctype html><title>bare sip.js</title><body>
<button id="call" onclick="window.bareAgent.call(this.value)">Call</button>
<script src="/bare-agent.js"></script>`;

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('./bare-agent.ts', import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['iife'], name: 'bare', fileName: 'bare-agent' },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const output of outputs) {
    if (!('output' in output)) continue;
    const chunk = output.output.find((part) => part.type === 'chunk');
    if (chunk?.type === 'chunk') return chunk.code;
  }
  throw new Error('the bare page could not be built');
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
