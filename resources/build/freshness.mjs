// Tells which parts of the build are out of date: a digest over the contents of what a part is made
// of, kept beside its output. Contents, not times: a fresh clone and a touched file are judged right.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { outFolder, root } from './parts.mjs';

export const digestFile = (part) => join(outFolder, '.digests', part.name);

/** One hex digest over everything that the part is made of. */
export function inputDigest(part) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  for (const input of part.inputs) addToDigest(hash, input);
  return hash.digest('hex');
}

function addToDigest(hash, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addToDigest(hash, `${path}/${name}`);
    return;
  }
  hash.update(`\0${path}\0`).update(readFileSync(full));
}

/** Parts whose sources exist and whose output is missing or older than its sources. */
export function staleParts(candidates) {
  return candidates.filter((part) => {
    if (!existsSync(join(root, part.entry))) return false;
    if (!existsSync(join(outFolder, part.output)) || !existsSync(digestFile(part))) return true;
    return readFileSync(digestFile(part), 'utf8') !== inputDigest(part);
  });
}
