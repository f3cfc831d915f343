// A token for other programs, in a file of its owner only, as long as this desk runs.
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Writes a fresh token and answers it. Throws what the system says; a folder is never written over. */
export function writeTokenFile(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  const token = `ank_${randomBytes(32).toString('base64url')}`;
  // Written beside and renamed: a file that was there keeps neither its mode nor a link to elsewhere.
  const part = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    writeFileSync(part, `${token}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  return token;
}

/** It opens nothing any more; another desk may have written its own meanwhile. */
export function removeTokenFile(file: string, token: string): void {
  try {
    if (readFileSync(file, 'utf8').trim() === token) rmSync(file);
  } catch {
    // It is gone already.
  }
}
