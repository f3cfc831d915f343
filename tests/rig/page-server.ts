// Builds a page around one script of this folder and serves it on 127.0.0.1.
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface RigPage {
  url: string;
  close(): Promise<void>;
}

export async function serveRigPage(script: 'bare-agent' | 'desk-phone'): Promise<RigPage> {
  const code = await bundle(script);
  const server = createServer((request, response) => {
    const isScript = request.url === '/script.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? code : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the page has no port');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => closed(server) };
}

const PAGE = `<!doctype html><title>rig</title><body><button>Call</button><button>Answer</button>
<script src="/script.js"></script>`;

async function bundle(script: string): Promise<string> {
  const entry = fileURLToPath(new URL(`./${script}.ts`, import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['iife'], name: 'rig', fileName: 'script' },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const output of outputs) {
    if (!('output' in output)) continue;
    const chunk = output.output.find((part) => part.type === 'chunk');
    if (chunk?.type === 'chunk') return chunk.code;
  }
  throw new Error('the page could not be built');
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
