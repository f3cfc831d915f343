// The API as a page for people, made from the OpenAPI document. No script, one style element, nothing
// from elsewhere: its policy allows nothing more.
import { createHash } from 'node:crypto';
import type { OpenApiDocument, Operation } from './openapi.ts';

const STYLE = `:root{color-scheme:light dark}
body{margin:0 auto;max-width:58rem;padding:1.5rem;font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.6rem}h2{margin-top:2.5rem;border-bottom:1px solid color-mix(in srgb,currentColor 25%,transparent)}
h3{margin:1.5rem 0 .25rem;font-size:1rem;overflow-wrap:anywhere}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}
pre{overflow:auto;padding:.75rem;background:color-mix(in srgb,currentColor 7%,transparent);border-radius:.4rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}
a{color:inherit}summary{cursor:pointer}`;

/** For the answer's Content-Security-Policy. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

export function docsPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = document.tags.map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<section aria-label="${text(name)}"><h2>${text(name)}</h2>${own.map(operationHtml).join('')}</section>`;
  });
  const address = document.servers[0]?.url ?? '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${text(document.info.title)} API</title><style>${STYLE}</style></head><body><main>
<h1>${text(document.info.title)} API, version ${text(document.info.version)}</h1>
${document.info.description
  .split('\n')
  .map((line) => `<p>${inline(line)}</p>`)
  .join('')}
<p>Address: <code>${text(address)}</code> · <a href="/v1/openapi.json">OpenAPI 3.1 document</a></p>
<pre>curl -H "Authorization: Bearer $TOKEN" "${text(address)}/v1/lookup?number=030%201234567"</pre>
${sections.join('')}
<section aria-label="Webhooks"><h2>Webhooks</h2>${Object.entries(document.webhooks).map(webhookHtml).join('')}</section>
<section aria-label="Schemas"><h2>Schemas</h2>${Object.entries(document.components.schemas)
    .map(
      ([name, schema]) =>
        `<details id="${text(name)}"><summary><code>${text(name)}</code></summary><pre>${text(JSON.stringify(schema, null, 2))}</pre></details>`,
    )
    .join('')}</section>
</main></body></html>`;
}

interface Shown {
  path: string;
  method: string;
  operation: Operation;
}

function operationHtml({ path, method, operation }: Shown): string {
  const parameters = operation.parameters ?? [];
  const body = Object.entries(operation.requestBody?.content ?? {});
  const rows = [
    ...parameters.map(
      (parameter) =>
        `<tr><th scope="row"><code>${text(parameter.name)}</code></th><td>${text(parameter.in)}${parameter.required ? ', required' : ''}</td></tr>`,
    ),
    ...body.map(
      ([type, { schema }]) =>
        `<tr><th scope="row">Body</th><td><code>${text(type)}</code> ${reference(schema)}</td></tr>`,
    ),
    ...Object.entries(operation.responses).map(
      ([status, response]) =>
        `<tr><th scope="row">${text(status)}</th><td>${text(response.description)} ${Object.values(
          response.content ?? {},
        )
          .map(({ schema }) => reference(schema))
          .join(' ')}</td></tr>`,
    ),
  ];
  return `<article><h3 id="${text(operation.operationId)}"><code>${text(method.toUpperCase())} ${text(path)}</code></h3>
<p><strong>${text(operation.summary)}.</strong> ${inline(operation.description ?? '')}</p>
<table><tbody>${rows.join('')}</tbody></table></article>`;
}

function webhookHtml([type, item]: [string, Record<string, unknown>]): string {
  const { post } = item as { post: { description: string } };
  return `<article><h3><code>${text(type)}</code></h3><p>${inline(post.description)}</p></article>`;
}

function reference(schema: Record<string, unknown>): string {
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
  return name === undefined ? '' : `<a href="#${text(name)}">${text(name)}</a>`;
}

/** What stands between backticks is code. */
function inline(words: string): string {
  return text(words).replaceAll(/`([^`]*)`/gu, '<code>$1</code>');
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (words: string): string =>
  words.replaceAll(/[&<>"']/gu, (mark) => ESCAPES[mark] ?? mark);
