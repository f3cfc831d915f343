// Line states (RFC 4235): what the dialogs of a colleague's line add up to. Rules only.
import type { LineState } from '../phone.ts';
import { readXml, type XmlElement } from './small-xml.ts';

interface KnownDialog {
  state: 'trying' | 'proceeding' | 'early' | 'confirmed' | 'terminated';
  held: boolean;
}

export interface DialogInfo {
  readonly version: number;
  readonly dialogs: ReadonlyMap<string, KnownDialog>;
}

const STATES: readonly string[] = ['trying', 'proceeding', 'early', 'confirmed', 'terminated'];
/** A line with more dialogs than these is busy all the same. */
const DIALOG_LIMIT = 100;

/**
 * What is known after this document. `stale`: it is older than what is known (section 4.3).
 * `gap`: a partial document does not follow on the one before, so that the whole must be asked for.
 */
export function afterDialogInfo(
  known: DialogInfo | null,
  body: string,
): { info: DialogInfo } | { ignored: 'malformed' | 'stale' | 'gap' } {
  const root = readXml(body.trim());
  const version = Number(root?.attributes['version']);
  const kind = root?.attributes['state'];
  if (root?.name !== 'dialog-info' || !Number.isInteger(version) || version < 0) {
    return { ignored: 'malformed' };
  }
  if (kind !== 'full' && kind !== 'partial') return { ignored: 'malformed' };
  if (known && version <= known.version) return { ignored: 'stale' };
  if (kind === 'partial' && version !== (known?.version ?? -1) + 1) return { ignored: 'gap' };
  const dialogs = new Map(kind === 'full' ? [] : known?.dialogs);
  for (const element of root.children) {
    const id = element.attributes['id'];
    const dialog = element.name === 'dialog' ? dialogFrom(element) : null;
    if (id === undefined || !dialog) continue;
    if (dialog.state === 'terminated') dialogs.delete(id);
    else if (dialogs.size < DIALOG_LIMIT) dialogs.set(id, dialog);
  }
  return { info: { version, dialogs } };
}

/** What one would say about this line in a word. */
export function lineStateOf(info: DialogInfo | null): LineState['state'] {
  if (!info) return 'unknown';
  const dialogs = [...info.dialogs.values()];
  const talking = dialogs.filter(({ state }) => state === 'confirmed');
  if (talking.some(({ held }) => !held)) return 'busy';
  if (dialogs.some(({ state }) => state !== 'confirmed')) return 'ringing';
  return talking.length > 0 ? 'held' : 'idle';
}

function dialogFrom(element: XmlElement): KnownDialog | null {
  const state = childText(element, 'state');
  if (!isState(state)) return null;
  // The line that is watched is the local side; it is on hold when it does not render (RFC 3840).
  const local = element.children.find(({ name }) => name === 'local');
  const target = local?.children.find(({ name }) => name === 'target');
  const held = (target?.children ?? []).some(
    ({ name, attributes }) =>
      name === 'param' &&
      attributes['pname'] === '+sip.rendering' &&
      attributes['pval']?.toLowerCase() === 'no',
  );
  return { state, held };
}

function childText(element: XmlElement, name: string): string {
  return (
    element.children
      .find((child) => child.name === name)
      ?.text.trim()
      .toLowerCase() ?? ''
  );
}

function isState(text: string): text is KnownDialog['state'] {
  return STATES.includes(text);
}
